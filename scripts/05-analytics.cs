// 05 · What a user did, in C#: how much, on how many days, and what most often. A view says on each engine what a day is.
//
//     dotnet run scripts/05-analytics.cs [--database "Host=…"]
//
// Ends with: Ada: 6 actions on 3 days, most often search.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

var schema = Schema.For("@schematoolkit/sample-analytics-csharp", s =>
{
    s.Table<UserAction>("user_actions", t =>
    {
        t.Column(x => x.Id).DefaultsToNewUuid();
        t.Column(x => x.ActionType).Varchar(100);
        t.Column(x => x.CreatedAt).DefaultsToNow();
        t.PrimaryKey(x => x.Id);
        t.Index(x => new { x.UserId, x.CreatedAt });
    });

    // SQLite keeps an instant as text that begins with its day in UTC.
    s.View(
        "action_days",
        sqlite: (UserAction a) => $"SELECT {a.UserId}, {a.ActionType}, substr({a.CreatedAt}, 1, 10) AS day FROM {a}",
        postgres: (UserAction a) => $"SELECT {a.UserId}, {a.ActionType}, ({a.CreatedAt} AT TIME ZONE 'UTC')::date AS day FROM {a}")
        .As<ActionDay>();
});

await using var toolkit = await Toolkit.StartAsync(o => o.App("analytics").Arguments(args).Plugin(schema));
var db = toolkit.Database;

var ada = new Guid("ada00000-0000-4000-8000-000000000001");
var ben = new Guid("be000000-0000-4000-8000-000000000002");
var today = new DateTimeOffset(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);
UserAction Did(Guid user, double daysAgo, string what) => new(Guid.Empty, user, what, today.AddDays(-daysAgo));

// Every run tells the same story.
var actions = toolkit.Repository<UserAction>();
await actions.DeleteAsync(x => x.ActionType != "");
await actions.InsertManyAsync(
[
    Did(ada, 0, "search"), Did(ada, 0.1, "search"), Did(ada, 1, "like"), Did(ada, 1.1, "search"),
    Did(ada, 2, "share"), Did(ada, 2.1, "like"), Did(ada, 90, "like"), Did(ben, 0, "share"),
]);

var days = schema.View<ActionDay>();
var (user, type, day) = (days.Column(x => x.UserId), days.Column(x => x.ActionType), days.Column(x => x.Day));
var since = DateOnly.FromDateTime(today.AddDays(-30).UtcDateTime);
foreach (var (name, who) in new[] { ("Ben", ben), ("Ada", ada) })
{
    var found = await db.QuerySingleAsync<Activity>(
        $"SELECT count(*) AS actions, count(DISTINCT {day}) AS days FROM {days} WHERE {user} = {who} AND {day} >= {since}");
    var most = await db.QueryAsync<string>(
        $"SELECT {type} FROM {days} WHERE {user} = {who} AND {day} >= {since} GROUP BY {type} ORDER BY count(*) DESC, {type} LIMIT 1");
    Console.WriteLine($"{name}: {found.Actions} actions on {found.Days} days, most often {most.FirstOrDefault() ?? "nothing"}.");
}

/// <summary>Something that a user did.</summary>
record UserAction(Guid Id, Guid UserId, string ActionType, DateTimeOffset CreatedAt);

/// <summary>The same, by day.</summary>
record ActionDay(Guid UserId, string ActionType, DateOnly Day);

/// <summary>How much a user did.</summary>
record Activity(long Actions, long Days);
