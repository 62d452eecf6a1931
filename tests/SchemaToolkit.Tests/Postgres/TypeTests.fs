module SchemaToolkit.Tests.Postgres.TypeTests

open Expecto
open Npgsql
open SchemaToolkit
open SchemaToolkit.Tests

let private ns = "plugin_types"
let private table = ObjectName.create ns "t"
let private first, second = EnumType.define "first" [ "a"; "b" ], EnumType.define "second" [ "b"; "c" ]
let private enum (e: EnumType) = ColumnType.Enum(ObjectName.create ns e.Name.Name)
let private numeric precision scale = ColumnType.Numeric(Some { Precision = precision; Scale = scale })

/// A type of every kind with values that are its own difficult cases.
let private samples: (ColumnType * string list) list =
    [ ColumnType.Uuid, [ "7d444840-9dc0-11d1-b245-5ffdce74fad2" ]
      ColumnType.Text,
      [ "1"
        " 12 "
        "-3.5"
        "1e3"
        "99999999999999999999"
        "x"
        ""
        "true"
        "2024-02-29"
        "2023-02-29"
        "12:30"
        "2024-01-01 10:00:00+02"
        "{}"
        "[1,{\"a\":[2]}]"
        "{\"a\": 1}"
        "\\x00ff"
        "7d444840-9dc0-11d1-b245-5ffdce74fad2"
        "a"
        "c"
        "1 day"
        "NaN"
        "Infinity"
        "abcdef"
        "{1,2}"
        "{a}"
        "1e400"
        "1e-400" ]
      ColumnType.Varchar 5, [ "1"; "abcde"; "t" ]
      ColumnType.Char 5, [ "1"; "ab" ]
      ColumnType.SmallInt, [ "0"; "1"; "-32768" ]
      ColumnType.Integer, [ "0"; "1"; "2147483647"; "16777217" ]
      ColumnType.BigInt, [ "1"; "9223372036854775807"; "9007199254740993"; "40000" ]
      ColumnType.Real, [ "0"; "1.5"; "3e38"; "NaN"; "Infinity"; "32767.6"; "1e-40" ]
      ColumnType.Double, [ "1.5"; "1e300"; "-Infinity"; "NaN"; "0.1"; "1e-300"; "9.3e18" ]
      ColumnType.Numeric None, [ "1"; "0.5"; "123456789012345678901234567890.5"; "NaN"; "Infinity"; "1e400"; "1e-400" ]
      numeric 6 2, [ "1.25"; "9999.99"; "-0.01"; "NaN" ]
      numeric 4 0, [ "9999" ]
      ColumnType.Boolean, [ "true"; "false" ]
      ColumnType.Date, [ "2024-02-29"; "infinity" ]
      ColumnType.Time, [ "23:59:59.999999" ]
      ColumnType.LocalTimestamp, [ "2024-02-29 00:00:00"; "2024-02-29 12:30:00.000001" ]
      ColumnType.Timestamp, [ "2024-02-29 00:00:00+00"; "2024-02-29 12:30:00.000001+02" ]
      ColumnType.Interval, [ "1 day"; "12:30:00"; "1 mon" ]
      ColumnType.Json, [ "{\"b\": 1, \"a\": 2}"; "1"; "\"x\""; "{\"a\":1,\"a\":2}"; "\"\\u0000\"" ]
      ColumnType.Jsonb, [ "{\"a\": 1}"; "1"; "true"; "\"x\""; "1e400"; "99999" ]
      ColumnType.Bytea, [ "\\x00ff"; "\\x61" ]
      enum first, [ "a"; "b" ]
      enum second, [ "c" ]
      ColumnType.Array ColumnType.Text, [ "{1,2}"; "{x}"; "{}"; "{NULL,3}" ]
      ColumnType.Array ColumnType.Integer, [ "{1,70000}"; "{}" ]
      ColumnType.Array ColumnType.SmallInt, [ "{1}" ]
      ColumnType.Array(ColumnType.Varchar 3), [ "{abc}" ] ]

let private schemaOf (columnType: ColumnType) : Schema =
    let column = { (Column.text "c" |> Column.optional).Definition with Type = columnType }

    { Schema.inNamespace ns "types" [ { Table.define "t" [] with Columns = [ column ] } ] with
        Enums = [ first; second ] }
    |> Schema.withEnums []

let private change (before: ColumnType) (after: ColumnType) = Step.ChangeType(table, "c", before, after)

let private render (columnType: ColumnType) =
    match columnType with
    | ColumnType.Enum name -> $"\"{name.Namespace}\".\"{name.Name}\""
    | other -> ColumnType.describe other

let private enums =
    $"CREATE SCHEMA {ns}; CREATE TYPE {ns}.first AS ENUM ('a', 'b'); CREATE TYPE {ns}.second AS ENUM ('b', 'c')"

let private create (columnType: ColumnType) (values: string list) =
    [ $"DROP TABLE IF EXISTS {ns}.t"
      $"CREATE TABLE {ns}.t (id integer GENERATED ALWAYS AS IDENTITY, c {render columnType})"
      for value in values do
          let text = value.Replace("'", "''")
          $"INSERT INTO {ns}.t (c) VALUES ('{text}')" ]
    |> String.concat "; "

let private live (column: ColumnType) : Catalog =
    { Schema = schemaOf column
      Unmodelled = []
      Attachments = []
      Fingerprint = "" }

let private statements (site: Site) before after =
    site.Driver.Lower site.Capabilities (live before) (schemaOf after) [ change before after ]
    |> List.collect _.Operations
    |> List.collect _.Statements

let private pairs =
    [ for before, values in samples do
          for after, _ in samples do
              if before <> after then
                  before, values, after ]

let private every =
    Site.each
        "each pair of types: an empty column is converted, and rewritten exactly when the plan says so"
        (fun site ->
            task {
                do! Site.execute site enums
                let node = $"SELECT pg_relation_filenode('{ns}.t')"

                for before, _, after in pairs do
                    let alter = statements site before after |> String.concat "; "
                    let what = $"{ColumnType.describe before} to {ColumnType.describe after}: {alter}"
                    let! nodeBefore = Site.scalar site $"{create before []}; {node}"

                    try
                        let! nodeAfter = Site.scalar site $"{alter}; {node}"

                        let codes =
                            site.Driver.Assess site.Capabilities (live before) [ change before after ]
                            |> List.map _.Code

                        Expect.equal
                            (List.contains "type-rewrites-table" codes)
                            (nodeBefore <> nodeAfter)
                            $"rewrite: {what}"
                    with :? PostgresException as error ->
                        failtestf "%s: %s" what error.Message
            })

let private count (site: Site) precheck =
    task {
        let! found = Site.rows site (site.Driver.RenderPrecheck precheck)
        return found |> List.exactlyOne |> List.head |> int
    }

/// Evaluates an expression over one row; true when the server refuses.
let private fails =
    """CREATE FUNCTION plugin_types.fails(expression text, which integer) RETURNS boolean LANGUAGE plpgsql AS $$
       BEGIN EXECUTE format('SELECT %s FROM plugin_types.t WHERE id = %s', expression, which); RETURN false;
       EXCEPTION WHEN OTHERS THEN RETURN true; END $$"""

let private judged =
    Site.each "each pair of types: values that cannot be converted are counted before" (fun site ->
        task {
            do! Site.execute site enums
            do! Site.execute site fails

            for (before, values), group in pairs |> List.groupBy (fun (before, values, _) -> before, values) do
                do! Site.execute site (create before values)

                for _, _, after in group do
                    let using =
                        statements site before after
                        |> List.pick (fun s ->
                            match s.IndexOf " USING " with
                            | -1 -> None
                            | at -> Some(s.Substring(at + 7).Replace("'", "''")))

                    let! refused = Site.scalar site $"SELECT count(*) FROM {ns}.t WHERE {ns}.fails('{using}', id)"

                    let! failing = count site (Precheck.FailingCasts(table, "c", before, after))
                    let! lossy = count site (Precheck.LossyCasts(table, "c", before, after))
                    let what = $"{ColumnType.describe before} to {ColumnType.describe after}"

                    Expect.equal failing (int refused) $"values that fail: {what}"

                    Expect.isLessThanOrEqual
                        (failing + lossy)
                        values.Length
                        $"a value that fails is not lossy too: {what}"
        })

let private lossy: (ColumnType * string * ColumnType * int) list =
    [ ColumnType.Text, "abcdef", ColumnType.Varchar 5, 1
      ColumnType.Text, "abcde", ColumnType.Varchar 5, 0
      ColumnType.Double, "0.1", ColumnType.Real, 1
      ColumnType.Double, "1.5", ColumnType.Real, 0
      ColumnType.Numeric None, "0.5", numeric 4 0, 1
      ColumnType.Numeric None, "0.5", ColumnType.Integer, 1
      ColumnType.BigInt, "9007199254740993", ColumnType.Double, 1
      ColumnType.Integer, "16777217", ColumnType.Real, 1
      ColumnType.Integer, "2147483647", ColumnType.Boolean, 1
      ColumnType.LocalTimestamp, "2024-02-29 00:00:00", ColumnType.Date, 0
      ColumnType.LocalTimestamp, "2024-02-29 12:30:00", ColumnType.Date, 1
      ColumnType.Interval, "1 day", ColumnType.Time, 1
      ColumnType.Json, "{\"a\": 1}", ColumnType.Jsonb, 0
      ColumnType.Json, "{\"a\":1,\"a\":2}", ColumnType.Jsonb, 1
      ColumnType.Array ColumnType.Text, "{abcd,e}", ColumnType.Array(ColumnType.Varchar 3), 1 ]

let private loses =
    Site.each "values that a conversion would change are counted before" (fun site ->
        task {
            do! Site.execute site enums

            for before, value, after, expected in lossy do
                do! Site.execute site (create before [ value ])
                let! found = count site (Precheck.LossyCasts(table, "c", before, after))
                Expect.equal found expected $"{value}: {ColumnType.describe before} to {ColumnType.describe after}"
        })

[<Tests>]
let tests = testList "postgres types" [ every; judged; loses ]
