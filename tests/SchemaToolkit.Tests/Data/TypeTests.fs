module SchemaToolkit.Tests.Data.TypeTests

open System
open System.Text.Json
open System.Threading.Tasks
open Expecto
open FsCheck
open FsCheck.FSharp
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private id = Column.integer "id"

/// One nullable column of a type, with values to store and what is read back.
type Trial =
    {
        Name: string
        /// One table for single rows, one for the bulk way.
        Tables: Table list
        /// With the way to make a table, and the number of values.
        Run: (Database -> Table -> Task<unit>) -> Database -> int -> Task<unit>
    }

let private trial (name: string) (column: Column<'T>) (values: Gen<'T>) (expected: 'T -> 'T) (same: 'T -> 'T -> bool) =
    let value = Column.optional column
    let define (prefix: string) = Table.define $"{prefix}_{name}" [ id; value ] |> Table.primaryKey [ id ]
    let table = define "trial"
    let bulk = define "bulk"
    let row = Row.column value

    let run (create: Database -> Table -> Task<unit>) (db: Database) count =
        task {
            do! create db table
            let given = Gen.sample count values |> List.ofSeq |> List.map Some
            let all = None :: given

            for i, v in List.indexed all do
                let! stored =
                    Query.insert table [ Assign.value id i; Assign.value value v ] |> Query.one row |> Query.run db

                let! read = Query.select table |> Query.where (Where.eq id i) |> Query.one row |> Query.run db

                match v, stored, read with
                | None, None, None -> ()
                | Some v, Some stored, Some read ->
                    if not (same (expected v) stored && same (expected v) read) then
                        failtestf "%s: wrote %A, returned %A, read %A" name v stored read
                | _ -> failtestf "%s: wrote %A, returned %A, read %A" name v stored read

            // The same values by the bulk way, into a second table.
            do! create db bulk

            let rows =
                all
                |> Seq.mapi (fun i v ->
                    [| box i
                       (match v with
                        | Some v -> box v
                        | None -> null) |])

            let! count = Database.bulkInsert bulk [ id; value ] rows db
            Expect.equal count (int64 all.Length) $"{name}: rows copied"
            let! read = Query.select bulk |> Query.orderBy [ Order.asc id ] |> Query.list row |> Query.run db

            for v, read in List.zip all read do
                match v, read with
                | None, None -> ()
                | Some v, Some read when same (expected v) read -> ()
                | _ -> failtestf "%s: copied %A, read %A" name v read
        }

    { Name = name; Tables = [ table; bulk ]; Run = run }

let private exactly name column values = trial name column values (fun v -> v) (=)

let private generate<'T> : Gen<'T> = ArbMap.defaults |> ArbMap.generate<'T>

let private text =
    Gen.arrayOf generate<char>
    |> Gen.map (fun characters ->
        let kept = characters |> Array.filter (fun c -> c <> '\000' && not (Char.IsSurrogate c)) |> String
        if kept.Length % 3 = 0 then kept + "🎲'\"\\" else kept)

let private ticks (limit: int64) = Gen.choose64 (0L, limit)
let private microsecond (ticks: int64) = ticks / 10L * 10L

let private moments =
    Gen.oneof
        [ ticks (DateTime.MaxValue.Ticks - 10L)
          Gen.elements
              [ DateTime.MinValue.Ticks; DateTime.MaxValue.Ticks - 10L; 0L; 10L; DateTime.UnixEpoch.Ticks - 10L ] ]
    |> Gen.map microsecond

let private decimals =
    let any = generate<decimal>

    Gen.oneof
        [ any
          any |> Gen.map (fun d -> d / 1_000_000_007M)
          Gen.elements [ 0M; 0.00M; -0.5M; Decimal.MaxValue; Decimal.MinValue; 0.0000000000000000000000000001M; 1.10M ] ]

let private parse (json: string) = JsonElement.Parse json

let private jsons =
    Gen.oneof
        [ text |> Gen.map (fun t -> parse (JsonSerializer.Serialize {| text = t; n = t.Length |}))
          Gen.elements
              [ parse "{}"
                parse "[1, 2.50, null, true]"
                parse "\"x\""
                parse "12345678901234567890.123"
                parse "null" ] ]

let private sameJson (a: JsonElement) (b: JsonElement) = JsonElement.DeepEquals(a, b)

let private floats =
    Gen.oneof
        [ generate<float> |> Gen.filter (Double.IsNaN >> not)
          Gen.elements [ Double.MaxValue; Double.Epsilon; 0.1; Double.PositiveInfinity ] ]

let private singles = floats |> Gen.map float32

let private arrayOf (values: Gen<'T>) = Gen.arrayOf values

let private numericOf (scale: int) = decimals |> Gen.map (fun d -> Math.Round(d % 100000000M, scale))

let trials vectors =
    [ exactly "uuid" (Column.uuid "v") generate<Guid>
      exactly "text" (Column.text "v") text
      exactly
          "varchar"
          (Column.varchar 20 "v")
          (text |> Gen.map (fun t -> String.Join("", t.EnumerateRunes() |> Seq.truncate 20)))
      trial "char" (Column.char 8 "v") (Gen.elements [ ""; "a"; "abcdefgh"; "äöü" ]) (fun v -> v.PadRight 8) (=)
      exactly "smallint" (Column.smallint "v") generate<int16>
      exactly
          "integer"
          (Column.integer "v")
          (Gen.oneof [ generate<int>; Gen.elements [ Int32.MinValue; Int32.MaxValue ] ])
      exactly
          "bigint"
          (Column.bigint "v")
          (Gen.oneof [ generate<int64>; Gen.elements [ Int64.MinValue; Int64.MaxValue ] ])
      exactly "real" (Column.real "v") singles
      exactly "double" (Column.double "v") floats
      trial "numeric" (Column.numeric "v") decimals (fun v -> v) (fun a b -> a = b && a.Scale = b.Scale)
      trial "decimal" (Column.decimal 12 4 "v") (numericOf 4) (fun v -> v + 0.0000M) (fun a b ->
          a = b && a.Scale = b.Scale)
      exactly "boolean" (Column.boolean "v") generate<bool>
      exactly "date" (Column.date "v") (moments |> Gen.map (fun t -> DateOnly.FromDateTime(DateTime t)))
      exactly "time" (Column.time "v") (ticks TimeOnly.MaxValue.Ticks |> Gen.map (microsecond >> TimeOnly))
      exactly "timestamp" (Column.localTimestamp "v") (moments |> Gen.map DateTime)
      exactly "timestamptz" (Column.timestamp "v") (moments |> Gen.map (fun t -> DateTimeOffset(t, TimeSpan.Zero)))
      exactly
          "interval"
          (Column.interval "v")
          (Gen.choose64 (-3_000_000_000_000_000_000L, 3_000_000_000_000_000_000L)
           |> Gen.map (microsecond >> TimeSpan))
      trial "json" (Column.jsonText "v") jsons (fun v -> v) (fun a b -> a.GetRawText() = b.GetRawText())
      trial "jsonb" (Column.json "v") (jsons |> Gen.map (fun v -> v)) (fun v -> v) sameJson
      exactly "bytea" (Column.bytea "v") generate<byte[]>
      exactly "uuids" (Column.array (Column.uuid "v")) (arrayOf generate<Guid>)
      exactly "texts" (Column.array (Column.text "v")) (arrayOf text)
      exactly "integers" (Column.array (Column.integer "v")) (arrayOf generate<int>)
      exactly "bigints" (Column.array (Column.bigint "v")) (arrayOf generate<int64>)
      exactly "doubles" (Column.array (Column.double "v")) (arrayOf floats)
      exactly "reals" (Column.array (Column.real "v")) (arrayOf singles)
      exactly "numerics" (Column.array (Column.numeric "v")) (arrayOf decimals)
      exactly "booleans" (Column.array (Column.boolean "v")) (arrayOf generate<bool>)
      exactly
          "instants"
          (Column.array (Column.timestamp "v"))
          (arrayOf (moments |> Gen.map (fun t -> DateTimeOffset(t, TimeSpan.Zero))))
      exactly
          "dates"
          (Column.array (Column.date "v"))
          (arrayOf (moments |> Gen.map (fun t -> DateOnly.FromDateTime(DateTime t))))
      exactly "blobs" (Column.array (Column.bytea "v")) (arrayOf generate<byte[]>)
      if vectors then
          exactly "vector" (Column.vector 3 "v") (Gen.arrayOfLength 3 (singles |> Gen.filter Single.IsFinite)) ]

let hasVectors (db: Database) =
    task {
        if db.Dialect.Engine = "sqlite" then
            return true
        else
            let! found =
                Sql.queryOne $"SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'" Row.scalar<int64>
                |> Query.run db

            if found > 0L then
                do! Site.execute db "CREATE EXTENSION IF NOT EXISTS vector"

            return found > 0L
    }

[<Tests>]
let tests =
    testList
        "data types"
        [ Site.each "every type is read as it was written, by value and by the bulk way" (fun db ->
              task {
                  let! vectors = hasVectors db

                  for trial in trials vectors do
                      do! trial.Run Site.create db 25
              })

          Site.each "an enum's values, alone and in arrays, by value and by the bulk way" (fun db ->
              task {
                  let mood = EnumType.define "mood" [ "sad"; "o'k\"ay"; "happy" ]
                  let placed = { mood with Name = ObjectName.placeIn db.Namespace mood.Name }

                  if db.Dialect.Engine <> "sqlite" then
                      do! Site.execute db "CREATE TYPE mood AS ENUM ('sad', 'o''k\"ay', 'happy')"

                  let one = Column.enum placed "one"
                  let many = Column.array (Column.enum placed "many") |> Column.optional
                  let table = Table.define "moods" [ id; one; many ] |> Table.primaryKey [ id ]
                  do! Site.create db table
                  let values = [ 1, "o'k\"ay", Some [| "sad"; "o'k\"ay" |]; 2, "sad", Some [||] ]
                  let row = Row.both (Row.column id) (Row.both (Row.column one) (Row.column many))

                  for i, first, all in values do
                      do!
                          Query.insert table [ Assign.value id i; Assign.value one first; Assign.value many all ]
                          |> Query.exactly 1L
                          |> Query.run db

                  let rows = [ [| box 3; box "happy"; null |]; [| box 4; box "sad"; box [| "happy" |] |] ]
                  let! copied = Database.bulkInsert table [ id; one; many ] rows db
                  Expect.equal copied 2L "copied"
                  let! read = Query.select table |> Query.orderBy [ Order.asc id ] |> Query.list row |> Query.run db

                  Expect.equal
                      (read |> List.map (fun (i, (first, all)) -> i, first, all))
                      (values @ [ 3, "happy", None; 4, "sad", Some [| "happy" |] ])
                      "read"

                  let! sad = Query.select table |> Query.where (Where.eq one "sad") |> Query.count |> Query.run db
                  Expect.equal sad 2L "compared"
              }) ]
