// 06 · A time series, in C#: many measurements in, hourly averages out of a view.
//
//     dotnet run scripts/06-time-series.cs [--database "Host=…"]
//
// Ends with: 24 hours, warmest at 14:00 with 24.0 degrees.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using System.Globalization;
using SchemaToolkit.Fluent;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var schema = Schema.For("@schematoolkit/sample-time-series-csharp", s =>
{
    s.Table<Measurement>("metrics", t =>
    {
        t.Column(x => x.Id).Identity();
        t.Column(x => x.Metric).Varchar(255);
        t.PrimaryKey(x => x.Id);
        t.Index(x => new { x.Metric, x.At });
    });

    // SQLite keeps an instant as text; cut after the hour, it is the hour's beginning.
    s.View(
        "hourly",
        sqlite: (Measurement m) =>
            $"SELECT {m.Metric}, substr({m.At}, 1, 13) || ':00:00.000000Z' AS hour, avg({m.Value}) AS mean FROM {m} GROUP BY 1, 2",
        postgres: (Measurement m) =>
            $"SELECT {m.Metric}, date_trunc('hour', {m.At}, 'UTC') AS hour, avg({m.Value}) AS mean FROM {m} GROUP BY 1, 2")
        .As<Hourly>();
});

await using var toolkit = await Toolkit.StartAsync(o => o.App("time-series").Arguments(args).Plugin(schema));

// Two days, a measurement a minute: 24 degrees at 14:00, 8 degrees less at night.
var midnight = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
var temperature = Enumerable.Range(0, 2 * 24 * 60).Select(minute =>
{
    var at = midnight.AddMinutes(minute);
    return new Measurement(0, "temperature", (float)(20 + 4 * Math.Cos((at.Hour - 14) / 24.0 * 2 * Math.PI)), at);
});

// Every run tells the same story. Binary COPY on PostgreSQL, a prepared statement on SQLite: all or nothing.
var measurements = toolkit.Repository<Measurement>();
await measurements.DeleteAsync(x => x.Metric == "temperature");
Console.WriteLine($"{await measurements.InsertBatchAsync(temperature)} measurements stored");

var since = midnight.AddDays(1);
var hours = await toolkit.Query<Hourly>().Where(x => x.Metric == "temperature" && x.Hour >= since).OrderBy(x => x.Hour).ListAsync();
foreach (var each in hours)
    Console.WriteLine($"{each.Hour:HH:mm} {new string('#', (int)each.Mean)} {each.Mean:F1}");

var warmest = hours.MaxBy(each => each.Mean)!;
Console.WriteLine($"{hours.Count} hours, warmest at {warmest.Hour:HH:mm} with {warmest.Mean:F1} degrees.");

/// <summary>What was measured, and when.</summary>
record Measurement(long Id, string Metric, float Value, DateTimeOffset At);

/// <summary>A row of the view.</summary>
record Hourly(string Metric, DateTimeOffset Hour, double Mean);
