namespace SchemaToolkit.Tests.PostgresObjects

open System
open System.Text
open System.Text.RegularExpressions
open System.Threading.Tasks
open CliWrap
open CliWrap.Buffered
open Npgsql

/// What pg_dump says of a database.
[<RequireQualifiedAccess>]
module Dump =
    /// Lists that stand in the order of a table's columns: those of a publication, and the names of a function's rows.
    let private ofColumns =
        Regex(
            @"(?<=^ALTER PUBLICATION .* ADD TABLE ONLY \S+ \()[^()]+(?=\))|(?<=\b(?:FROM|JOIN|LATERAL) .*\)(?: WITH ORDINALITY)? (?:\w+|""[^""]+"")\()[^()]+(?=\))"
        )

    let private sorted (list: Match) = String.Join(", ", list.Value.Split ", " |> Array.sort)

    /// Columns stand in an order that no ALTER can change, and what is said of them follows it.
    let private withoutColumnOrder (dump: string) =
        let result = StringBuilder()
        let block = ResizeArray<string>()
        let mutable inside = false

        let flush () =
            for line in Seq.sort block do
                result.AppendLine line |> ignore

            block.Clear()

        let starts (word: string) (line: string) = line.StartsWith(word, StringComparison.Ordinal)

        // The options of a foreign column take several lines.
        let joined =
            Regex.Replace(
                dump,
                @"(?m)^(ALTER FOREIGN TABLE .* ALTER COLUMN .* OPTIONS \()\n\s*([^;]*?)\n(\);)$",
                "$1$2$3"
            )

        for line in joined.Split '\n' do
            let line = ofColumns.Replace(line, MatchEvaluator sorted)

            if inside && line.StartsWith(')') then
                flush ()
                inside <- false
                result.AppendLine line |> ignore
            elif inside then
                block.Add(line.TrimEnd ',')
            elif starts "CREATE STATISTICS " line then
                // Its columns are printed in the table's order.
                result.AppendLine(
                    String.Join(
                        ", ",
                        line.TrimEnd(';').Split([| ", "; " ON "; " FROM " |], StringSplitOptions.None) |> Array.sort
                    )
                )
                |> ignore
            elif starts "ALTER " line && line.Contains " ALTER COLUMN " && line.EndsWith ';' then
                block.Add line
            elif not (starts "\\restrict" line || starts "\\unrestrict" line || block.Count > 0 && line = "") then
                flush ()
                inside <- starts "CREATE " line && line.Contains " TABLE " && line.EndsWith '('
                result.AppendLine line |> ignore

        let sections = (string result).Split("--\n-- Name: ")

        // What is said of one column, such as its comment.
        let runs =
            sections
            |> Array.fold
                (fun (runs: string list list) section ->
                    match runs with
                    | (first :: _ as run) :: rest when starts "COLUMN " section && starts "COLUMN " first ->
                        (section :: run) :: rest
                    | _ -> [ section ] :: runs)
                []

        runs |> List.rev |> List.collect List.sort |> String.concat "--\n-- Name: "

    /// None where there is no pg_dump, or one that is older than the server.
    let ofSchema (connection: NpgsqlConnection) : Task<string option> =
        task {
            try
                let! result =
                    Cli
                        .Wrap("pg_dump")
                        .WithArguments(
                            [ "--schema-only"
                              "-h"
                              string connection.Host
                              "-p"
                              string connection.Port
                              "-U"
                              string connection.UserName
                              connection.Database ]
                        )
                        .WithValidation(CommandResultValidation.None)
                        .ExecuteBufferedAsync()

                return
                    if result.ExitCode = 0 then
                        Some(withoutColumnOrder result.StandardOutput)
                    else
                        None
            with :? ComponentModel.Win32Exception ->
                return None
        }
