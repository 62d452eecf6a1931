namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.IO
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Npgsql

/// A SQL script that the server refused.
[<Sealed>]
type ScriptException(file: string, line: int, message: string, code: string, cause: exn) =
    inherit Exception($"{file}:{line}: {message} ({code})", cause)
    member _.File = file
    member _.Line = line

/// Running a script in a scratch database, as psql would run it in one of its own.
[<RequireQualifiedAccess>]
module internal Loading =
    type private Run =
        {
            Admin: NpgsqlConnection
            Connection: NpgsqlConnection
            /// Roles that were made on the way.
            Made: Set<string> ref
            /// psql's variables.
            Variables: Dictionary<string, string>
            /// Files that are being read, the innermost first.
            Files: string list
        }

    let private refuse (run: Run) line (message: string) : 'T =
        raise (ScriptException(run.Files.Head, line, message, "not supported", exn message))

    let private execute (run: Run) (sql: string) (ct: CancellationToken) =
        task {
            use command = new NpgsqlCommand(sql, run.Connection)
            command.AllResultTypesAreUnknown <- true
            command.CommandTimeout <- 0
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    let private matches (pattern: string) (text: string) = Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase)

    /// Databases and settings of the whole server are no part of a schema, and not ours to touch.
    let private isOfServer (text: string) =
        matches @"^(CREATE|ALTER|DROP)\s+(DATABASE|SYSTEM)\b" text
        || matches @"^(COMMENT|SECURITY\s+LABEL(\s+FOR\s+\S+)?)\s+ON\s+DATABASE\b" text
        || matches @"^(GRANT|REVOKE)\b[^;']*\bON\s+DATABASE\b" text

    /// The place of an error: the server counts characters.
    let private located (run: Run) (statement: Script.Statement) (error: PostgresException) =
        // A statement that was handed over as a text is an internal query to the server.
        let position = max error.Position error.InternalPosition

        let extra =
            if position > 0 then
                statement.Text.EnumerateRunes()
                |> Seq.truncate (position - 1)
                |> Seq.filter (fun rune -> rune.Value = int '\n')
                |> Seq.length
            else
                0

        ScriptException(run.Files.Head, statement.Line + extra, error.MessageText, error.SqlState, error)

    /// `:name`, `:'name'` and `:"name"` outside quotes, where the variable is set.
    let private substituted (run: Run) (statement: Script.Statement) =
        if run.Variables.Count = 0 then
            statement
        else
            let pattern =
                @"('(?:[^']|'')*'|""(?:[^""]|"""")*""|(\$\w*\$)(?s:.*?)\2|--[^\n]*)|(?<!:):(?:'(\w+)'|""(\w+)""|(\w+))"

            let replaced (found: Match) =
                let value (group: int) =
                    match run.Variables.TryGetValue found.Groups[group].Value with
                    | true, value when found.Groups[group].Success -> Some value
                    | _ -> None

                match value 3, value 4, value 5 with
                | Some text, _, _ -> Quote.text text
                | _, Some text, _ -> Quote.name text
                | _, _, Some text -> text
                | None, None, None -> found.Value

            { statement with
                Text = Regex.Replace(statement.Text, pattern, MatchEvaluator replaced) }

    let private made (run: Run) (names: Set<string>) (ct: CancellationToken) =
        task {
            if not names.IsEmpty then
                if run.Made.Value.IsEmpty then
                    do! Roles.announce run.Admin ct

                run.Made.Value <- Set.union run.Made.Value names

                for role in names do
                    do! Roles.setMark run.Connection role ct
        }

    /// Runs a statement that makes roles, or may; a role that is there is left as it is.
    let private making (run: Run) (statement: Script.Statement) (ct: CancellationToken) =
        task {
            let! before = Roles.names run.Connection ct

            try
                do! execute run (Script.toSend statement) ct
            with :? PostgresException as error when
                error.SqlState = PostgresErrorCodes.DuplicateObject && Roles.makes statement.Text ->
                ()

            let! after = Roles.names run.Connection ct
            do! made run (after - before) ct
        }

    let private copy (run: Run) (statement: Script.Statement) (data: string) (ct: CancellationToken) =
        task {
            use! writer = run.Connection.BeginTextImportAsync(statement.Text, ct)
            do! writer.WriteAsync(data.AsMemory(), ct)
        }

    let private statement (run: Run) (given: Script.Statement) (ct: CancellationToken) =
        task {
            let statement = substituted run given

            try
                match statement.Data with
                | Some data -> do! copy run statement data ct
                | None when isOfServer statement.Text -> ()
                | None when Roles.makes statement.Text || Roles.mayMake statement.Text -> do! making run statement ct
                | None ->
                    match Subscribing.instead statement.Text, Roles.changed statement.Text with
                    | Some others, _ ->
                        for text in others do
                            do! execute run (Script.toSend { statement with Text = text }) ct
                    | None, roles when roles |> List.forall run.Made.Value.Contains ->
                        do! execute run (Script.toSend statement) ct
                    | None, _ -> ()
            with :? PostgresException as error ->
                raise (located run statement error)
        }

    /// What a query gives is run: `\gexec`.
    let private generated (run: Run) (query: Script.Statement) (ct: CancellationToken) =
        task {
            let cells = List<string>()

            try
                use command = new NpgsqlCommand(Script.toSend (substituted run query), run.Connection)
                command.AllResultTypesAreUnknown <- true
                use! reader = command.ExecuteReaderAsync ct

                while reader.Read() do
                    for i in 0 .. reader.FieldCount - 1 do
                        if not (reader.IsDBNull i) then
                            cells.Add(reader.GetString i)
            with :? PostgresException as error ->
                raise (located run query error)

            for cell in cells do
                for each in Script.statements cell do
                    do! statement run { each with Line = query.Line } ct
        }

    let private unquoted (text: string) =
        if text.Length > 1 && text.StartsWith '\'' && text.EndsWith '\'' then
            text.Substring(1, text.Length - 2).Replace("''", "'")
        else
            text

    let private shows =
        set
            [ "echo"
              "qecho"
              "warn"
              "pset"
              "timing"
              "x"
              "a"
              "t"
              "T"
              "C"
              "f"
              "H"
              "html"
              "encoding"
              "errverbose"
              "restrict"
              "unrestrict"
              "prompt"
              "conninfo"
              "h"
              "help"
              "?"
              "r"
              "reset"
              "p"
              "print" ]

    let private settings = [ "RESET SESSION AUTHORIZATION"; "RESET ROLE"; "RESET ALL" ]

    let private fresh (run: Run) (ct: CancellationToken) =
        task {
            // A block that was left open is undone, as at the end of a session.
            do! execute run "ROLLBACK" ct

            for statement in settings do
                do! execute run statement ct
        }

    let rec private pieces (run: Run) (text: string) (ct: CancellationToken) : Task<unit> =
        task {
            let mutable rest = Script.pieces text

            while not rest.IsEmpty do
                let piece = rest.Head
                rest <- rest.Tail

                match piece with
                | Script.Piece.Sql each -> do! statement run each ct
                | Script.Piece.Command(("q" | "quit"), _, _, _) -> rest <- []
                | Script.Piece.Command(name, arguments, line, query) -> do! command run name arguments line query ct
        }

    and private command (run: Run) name arguments line (query: Script.Statement option) ct : Task<unit> =
        task {
            match name, query with
            | "gexec", Some query -> do! generated run query ct
            | ("g" | "gx" | "gdesc"), Some query -> do! statement run query ct
            | ("i" | "include" | "ir" | "include_relative"), None -> do! included run name (unquoted arguments) line ct
            // There is one database; what was set ends with the session.
            | ("c" | "connect"), None -> do! fresh run ct
            | "set", None ->
                match arguments.Split([| ' '; '\t' |], 2, StringSplitOptions.RemoveEmptyEntries) with
                | [| variable; value |] -> run.Variables[variable] <- unquoted (value.Trim())
                | [| variable |] -> run.Variables[variable] <- ""
                | _ -> ()
            | "unset", None -> run.Variables.Remove arguments |> ignore
            | name, None when shows.Contains name || name.StartsWith('d') || name.StartsWith('l') -> ()
            | name, _ ->
                refuse
                    run
                    line
                    $"psql's command \\{name} cannot be followed here: take it out, or load the script with psql and compare the database"
        }

    and private included (run: Run) name (path: string) line ct : Task<unit> =
        task {
            let beside =
                Path.Combine(Path.GetDirectoryName run.Files.Head |> Option.ofObj |> Option.defaultValue ".", path)

            let found =
                if name.StartsWith "ir" || name = "include_relative" || not (File.Exists path) then
                    beside
                else
                    path

            if not (File.Exists found) then
                refuse run line $"the file {path} is not there"

            if List.contains found run.Files then
                refuse run line $"the file {path} includes itself"

            let! text = File.ReadAllTextAsync(found, ct)
            do! pieces { run with Files = found :: run.Files } text ct
        }

    /// Loads one file; the session is as new afterwards.
    let file
        (admin: NpgsqlConnection)
        (connection: NpgsqlConnection)
        (made: Set<string> ref)
        (path: string)
        ct
        : Task<unit> =
        task {
            let run =
                { Admin = admin
                  Connection = connection
                  Made = made
                  Variables = Dictionary()
                  Files = [ path ] }

            let! text = File.ReadAllTextAsync(path, ct)
            do! pieces run text ct
            do! fresh run ct
        }
