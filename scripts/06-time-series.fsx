// 06 · A time series: many measurements in, hourly averages out.
//
//     dotnet fsi scripts/06-time-series.fsx [--database "Host=…"]
//
// Ends with: 24 hours, warmest at 14:00 with 24.0 degrees.
#load "toolkit.fsx"

open System
open SchemaToolkit

module Metric =
    let id = Column.bigint "id" |> Column.identityByDefault
    let name = Column.varchar 255 "metric"
    let value = Column.real "value"
    let at = Column.timestamp "at"

    let table =
        Table.define "metrics" [ id; name; value; at ]
        |> Table.primaryKey [ id ]
        |> Table.index [ name; at ]

let schema = Schema.forPlugin "@schematoolkit/sample-time-series" [ Metric.table ]

type Measurement = { Metric: string; Value: float32; At: DateTimeOffset }

let measurements = Repository.define<Measurement> Metric.table

let hourly (metric: string) (since: DateTimeOffset) =
    let hour = Bucket.hour Metric.at

    Query.select Metric.table
    |> Query.where (Where.eq Metric.name metric)
    |> Query.where (Where.ge Metric.at since)
    |> Query.orderBy [ Order.asc hour ]
    |> Query.list (
        row {
            let! hour = Row.expression hour
            and! mean = Row.expression (Aggregate.average Metric.value)
            return hour, Option.defaultValue nan mean
        }
    )

let midnight = DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)

/// Two days, a measurement a minute: 24 degrees at 14:00, 8 degrees less at night.
let temperature =
    [ for minute in 0 .. 2 * 24 * 60 - 1 ->
          let at = midnight.AddMinutes(float minute)
          let warmth = cos (float (at.Hour - 14) / 24.0 * 2.0 * Math.PI)
          { Metric = "temperature"; Value = float32 (20.0 + 4.0 * warmth); At = at } ]

let options = Script.options "time-series"

Script.run (
    task {
        do! Sample.startOver options schema
        use! started = Toolkit.start options [ schema ]
        let db = started.Database

        // Binary COPY on PostgreSQL, a prepared statement on SQLite: all or nothing.
        let! count = db |> Repository.insertBatch temperature measurements
        printfn $"{count} measurements stored"

        let! hours = db |> Database.run (hourly "temperature" (midnight.AddDays 1.0))

        let clock (at: DateTimeOffset) = at.ToString "HH:mm"

        for hour, mean in hours do
            printfn $"{clock hour} {String('#', int mean)} {mean:F1}"

        let warmest, degrees = hours |> List.maxBy snd
        printfn $"{hours.Length} hours, warmest at {clock warmest} with {degrees:F1} degrees."
    }
)
