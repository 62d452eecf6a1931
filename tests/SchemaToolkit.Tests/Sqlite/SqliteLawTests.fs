module SchemaToolkit.Tests.Sqlite.SqliteLawTests

open System
open System.Threading
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Laws

/// What SQLite keeps beyond what every engine does.
let private profile =
    { Profile.portable with
        Vectors = true
        AccessMethods = true
        NullsNotDistinct = true
        VirtualColumns = true
        EnumArrays = true
        AnyTypeChange = true }

let private isRefused (projected: Projected) =
    projected.Verdicts
    |> List.exists (fun v ->
        match v.Verdict with
        | Verdict.Refused _ -> true
        | Verdict.Exact
        | Verdict.Emulated _
        | Verdict.Omitted _ -> false)

/// An empty database for one case, in memory.
let private withSite (body: SqliteSite -> unit) =
    let driver = SqliteDriver.create $"Data Source=law-{Guid.NewGuid():N};Mode=Memory;Cache=Shared"

    use connection = (driver.Connect CancellationToken.None).GetAwaiter().GetResult()
    let capabilities = (driver.Probe connection CancellationToken.None).GetAwaiter().GetResult()

    body { Driver = driver; Connection = connection; Capabilities = capabilities }

/// A value of the type for one of a few rows, as SQL.
let rec private sample (schema: Schema) (columnType: ColumnType) (row: int) : string =
    match columnType with
    | ColumnType.Uuid -> $"'00000000-0000-0000-0000-00000000000{row}'"
    | ColumnType.Text
    | ColumnType.Varchar _ -> $"'{row}'"
    | ColumnType.Char length -> SqliteStorage.literal ((string row).PadRight length)
    | ColumnType.SmallInt
    | ColumnType.Integer
    | ColumnType.BigInt
    | ColumnType.Real
    | ColumnType.Double -> string row
    | ColumnType.Numeric(Some p) when p.Precision = p.Scale -> "'0'"
    | ColumnType.Numeric _ -> $"'{row}'"
    | ColumnType.Boolean -> string (row % 2)
    | ColumnType.Date -> $"'2024-01-0{row}'"
    | ColumnType.Time -> $"'0{row}:00:00.000000'"
    | ColumnType.LocalTimestamp -> $"'2024-01-0{row}T00:00:00.000000'"
    | ColumnType.Timestamp -> $"'2024-01-0{row}T00:00:00.000000Z'"
    | ColumnType.Interval -> $"'{row}.00:00:00.000000'"
    | ColumnType.Json
    | ColumnType.Jsonb -> $"'[{row}]'"
    | ColumnType.Bytea -> $"x'0{row}'"
    | ColumnType.Vector dimensions -> $"zeroblob({4 * dimensions})"
    | ColumnType.Enum name ->
        match Schema.tryEnum name schema with
        | Some { Values = first :: _ } -> SqliteStorage.literal first
        | Some _
        | None -> "NULL"
    // SQLite refuses them.
    | ColumnType.Domain _
    | ColumnType.Named _
    | ColumnType.Other _ -> "NULL"
    | ColumnType.Array _ -> "'[]'"

let private insert (schema: Schema) (table: Table) (row: int) =
    let columns = table.Columns |> List.filter (fun c -> c.Generated.IsNone)
    let names = columns |> List.map (fun c -> SqliteName.quote c.Name) |> String.concat ", "
    let values = columns |> List.map (fun c -> sample schema c.Type row) |> String.concat ", "
    $"INSERT INTO {SqliteName.quoted table.Name} ({names}) VALUES ({values})"

let private wait (work: Tasks.Task<'T>) = work.GetAwaiter().GetResult()

/// Rows go in where the schema's own rules let them; foreign keys are off, so orphans go out again.
let private seed (site: SqliteSite) (schema: Schema) =
    for table in schema.Tables do
        for row in 1..3 do
            try
                wait (SqliteSite.execute site (insert schema table row))
            with _ ->
                ()

    let mutable orphans = true

    while orphans do
        let found = wait (SqliteSite.rows site "SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check")
        orphans <- not found.IsEmpty

        for row in found do
            let at = row.LastIndexOf '|'

            // A table without rowids does not say which of its rows it is.
            let which =
                match row.Substring(at + 1) with
                | "NULL" -> ""
                | rowId -> $" WHERE rowid = {rowId}"

            wait (SqliteSite.execute site $"DELETE FROM \"{row.Substring(0, at)}\"{which}")

/// The rows of every table that no step touches, column by column where the column stays as it was.
let private kept (before: Schema) (after: Schema) (steps: Step list) =
    let renamed =
        steps
        |> List.exists (function
            | Step.RenameTable _
            | Step.RenameColumn _ -> true
            | _ -> false)

    let remade =
        steps
        |> List.choose (function
            | Step.DropTable table -> Some table.Name
            | _ -> None)

    [ if not renamed then
          for table in before.Tables do
              match Schema.tryTable table.Name after with
              | Some other when not (List.contains table.Name remade) ->
                  let same =
                      table.Columns
                      |> List.filter (fun c ->
                          c.Generated.IsNone
                          && other.Columns
                             |> List.exists (fun o -> o.Name = c.Name && o.Type = c.Type && o.Generated.IsNone)
                          && not (
                              steps
                              |> List.exists (function
                                  | Step.DropColumn(t, column) -> t = table.Name && column.Name = c.Name
                                  | _ -> false)
                          ))
                      |> List.map (fun c -> $"hex({SqliteName.quote c.Name})")

                  let columns = String.concat ", " ("count(*) OVER ()" :: same)
                  $"SELECT {columns} FROM {SqliteName.quoted table.Name}"
              | Some _
              | None -> () ]

/// Rows may be in the way of a change: that is SQLite's right to say.
let private isAboutRows (error: exn) =
    [ "constraint failed"
      "NOT NULL"
      "is no "
      "out of range"
      "longer than"
      "does not fit"
      "no conversion"
      "dimensions"
      "not there" ]
    |> List.exists error.Message.Contains

let private lawWithout (features: string list) (seeded: bool) (before: Schema) (after: Schema) : Result<unit, string> =
    let mutable outcome = Ok()

    withSite (fun site ->
        let site = SqliteSite.without features site
        let first = site.Driver.Project site.Capabilities before
        let second = site.Driver.Project site.Capabilities after

        if not (isRefused first || isRefused second) then
            wait (SqliteSite.migrate site None before) |> ignore

            if seeded then
                seed site first.Schema

            let steps = Diff.between first.Schema second.Schema
            let queries = if seeded then kept first.Schema second.Schema steps else []
            let rows () = queries |> List.map (fun query -> wait (SqliteSite.rows site query) |> List.sort)
            let expected = rows ()

            try
                wait (SqliteSite.migrate site (Some before) after) |> ignore

                if rows () <> expected then
                    outcome <- Error $"rows changed: %A{List.zip queries (List.zip expected (rows ()))}"
            with error when seeded && isAboutRows error ->
                ())

    outcome

let private law = lawWithout []
let private older = lawWithout [ "drop-column"; "alter-not-null"; "drop-check" ]

[<Tests>]
let tests =
    testList
        "SQLite laws"
        [ Holds.forNearPairs 100 "every step is lowered, and the catalog is what was wanted" profile (law false)
          Holds.forFarPairs 30 "so is every step between schemas made apart" profile (law false)
          Holds.forNearPairs 100 "rows that no step touches stay as they are" profile (law true)
          Holds.forNearPairs 60 "and on an older SQLite, by rebuilds" profile (older true) ]
