namespace SchemaToolkit.Testing

open System
open System.Data.Common
open System.IO
open System.Text.RegularExpressions
open System.Threading.Tasks
open Npgsql

/// What a database holds, as the engine's own tools tell it: `sqlite_schema` and `pg_dump`. A reader of ours could not see
/// its own blind spots.
[<RequireQualifiedAccess>]
module Observe =
    let private collapse (text: string) = Regex.Replace(text, @"\s+", " ").Trim()

    /// Positions outside brackets and quotes.
    let private outside (text: string) : int list =
        let mutable depth = 0
        let mutable quote = '\000'

        [ for i in 0 .. text.Length - 1 do
              let c = text[i]

              if quote <> '\000' then
                  if c = quote then
                      quote <- '\000'
              else
                  match c with
                  | '\''
                  | '"' -> quote <- c
                  | '(' -> depth <- depth + 1
                  | ')' -> depth <- depth - 1
                  | _ when depth = 0 -> i
                  | _ -> () ]

    /// SQLite writes NOT NULL last when it is added later.
    let private notNullLast (item: string) : string =
        let words = " NOT NULL"

        match outside item |> List.tryFind (fun i -> String.CompareOrdinal(item, i, words, 0, words.Length) = 0) with
        | Some i -> item.Remove(i, words.Length) + words
        | None -> item

    /// Splits at commas outside brackets and quotes.
    let private items (text: string) : string list =
        let commas = outside text |> List.filter (fun i -> text[i] = ',')

        List.zip (-1 :: commas) (commas @ [ text.Length ])
        |> List.map (fun (left, right) -> text.Substring(left + 1, right - left - 1) |> collapse |> notNullLast)

    /// CREATE TABLE with what is between its brackets sorted: an added column stands last, and that is no difference.
    let private sortedTable (sql: string) : string =
        match sql.IndexOf '(', sql.LastIndexOf ')' with
        | first, last when first >= 0 && last > first ->
            let body = items (sql.Substring(first + 1, last - first - 1)) |> List.sort |> String.concat ",\n  "
            $"{collapse (sql.Substring(0, first))} (\n  {body}\n){collapse (sql.Substring(last + 1))}"
        | _ -> collapse sql

    let private isTable (sql: string) = Regex.IsMatch(sql, @"^\s*CREATE (UNLOGGED )?TABLE")
    let private normal (sql: string) = if isTable sql then sortedTable sql else collapse sql

    /// Every object of a SQLite database but the ledger's, one text each, sorted.
    let sqlite (connection: DbConnection) : Task<string list> =
        task {
            use command = connection.CreateCommand()

            command.CommandText <-
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'migrations!_!_%' ESCAPE '!' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"

            use! reader = command.ExecuteReaderAsync()
            let found = ResizeArray<string>()
            let! first = reader.ReadAsync()
            let mutable more = first

            while more do
                found.Add(normal (reader.GetString 0))
                let! next = reader.ReadAsync()
                more <- next

            return found |> Seq.sort |> List.ofSeq
        }

    /// A pg_dump that can read a server of the given major version.
    let pgDump (major: int) : string option =
        PostgresInstallation.all ()
        |> List.filter (fun installation -> installation.Major >= major)
        |> List.map (fun installation -> Path.Combine(installation.Bin, "pg_dump"))
        |> List.tryFind File.Exists

    /// The sequence of an identity column keeps its name when the table is renamed; PostgreSQL follows it by its id.
    let private withoutSequenceNames (sql: string) =
        if sql.Contains "AS IDENTITY (" then
            Regex.Replace(sql, @"SEQUENCE NAME (?:""[^""]*""|[^\s""])+", "SEQUENCE NAME …")
        else
            sql

    let private statements (dump: string) : string list =
        let lines =
            dump.Split '\n'
            |> Array.filter (fun line ->
                not (line.StartsWith "--")
                && not (line.StartsWith '\\')
                && not (line.StartsWith "SET ")
                && not (line.StartsWith "SELECT pg_catalog.set_config")
                && line.Trim() <> "")

        Regex.Split(String.concat "\n" lines, @";(?:\n|$)")
        |> Array.filter (String.IsNullOrWhiteSpace >> not)
        |> Array.map (normal >> withoutSequenceNames)
        |> Array.sort
        |> List.ofArray

    /// Every object of a PostgreSQL database but the ledger's, one statement each, sorted.
    let postgres (program: string) (connectionString: string) : Task<string list> =
        task {
            let server = NpgsqlConnectionStringBuilder connectionString
            let password = if isNull server.Password then [] else [ "PGPASSWORD", string server.Password ]

            let arguments =
                [ "--schema-only"
                  "--no-owner"
                  "--no-privileges"
                  "--exclude-schema=migrations"
                  $"--host={server.Host}"
                  $"--port={server.Port}"
                  $"--username={server.Username}"
                  string server.Database ]

            match! Command.run program arguments password "/" with
            | Ok dump -> return statements dump
            | Error message -> return failwith message
        }

    /// What only one of two observations has; empty when they are equal.
    let difference (expected: string list) (actual: string list) : string =
        [ for line in List.except actual expected do
              $"missing: {line}"
          for line in List.except expected actual do
              $"extra:   {line}" ]
        |> String.concat "\n"
