namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
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

/// A script that is being run, as psql would in a session of its own.
type internal Session =
    {
        Admin: NpgsqlConnection
        Connection: NpgsqlConnection
        /// Roles that were made on the way.
        Made: Set<string> ref
        /// psql's variables.
        Variables: Dictionary<string, string>
        /// Files that are being read, the innermost first.
        Files: string list
        /// The file is what pg_dump wrote.
        IsDump: bool
        /// A block is open.
        InBlock: bool ref
    }

/// Statements of a script, one by one.
[<RequireQualifiedAccess>]
module internal Session =
    let refuse (session: Session) line (message: string) : 'T =
        raise (ScriptException(session.Files.Head, line, message, "not supported", exn message))

    let execute (session: Session) (sql: string) (ct: CancellationToken) : Task<unit> =
        task {
            use command = new NpgsqlCommand(sql, session.Connection)
            command.AllResultTypesAreUnknown <- true
            command.CommandTimeout <- 0
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    let private matches (pattern: string) (text: string) =
        Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase ||| RegexOptions.Singleline)

    /// Databases and settings of the whole server are no part of a schema, and not ours to touch.
    let private isOfServer (text: string) =
        matches @"^(CREATE|ALTER|DROP)\s+(DATABASE|SYSTEM)\b" text
        || matches @"^(COMMENT|SECURITY\s+LABEL(\s+FOR\s+\S+)?)\s+ON\s+DATABASE\b" text
        || matches @"^(GRANT|REVOKE)\b[^;']*\bON\s+DATABASE\b" text

    /// The driver speaks UTF-8, and so are files read.
    let private setsEncoding (text: string) =
        matches @"^SET\s+(?:(?:SESSION|LOCAL)\s+)?(?:client_encoding\b|NAMES\b)" text

    /// The place of an error: the server counts characters.
    let private located (session: Session) (statement: Script.Statement) (error: PostgresException) =
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

        ScriptException(session.Files.Head, statement.Line + extra, error.MessageText, error.SqlState, error)

    let private substituted (session: Session) (statement: Script.Statement) =
        match Psql.substituted session.Variables statement.Text with
        | same when obj.ReferenceEquals(same, statement.Text) -> statement
        | text -> { statement with Text = text }

    let private made (session: Session) (names: Set<string>) (ct: CancellationToken) =
        task {
            if not names.IsEmpty then
                if session.Made.Value.IsEmpty then
                    do! Roles.announce session.Admin ct

                session.Made.Value <- Set.union session.Made.Value names

                for role in names do
                    do! Roles.setMark session.Connection role ct
        }

    /// Runs a statement that makes roles, or may; a role that is there is left as it is.
    let private making (session: Session) (statement: Script.Statement) (ct: CancellationToken) =
        task {
            let! before = Roles.names session.Connection ct

            try
                do! execute session (Script.toSend statement) ct
            with :? PostgresException as error when
                error.SqlState = PostgresErrorCodes.DuplicateObject && Roles.makes statement.Text ->
                ()

            let! after = Roles.names session.Connection ct
            do! made session (after - before) ct
        }

    let private copy (session: Session) (statement: Script.Statement) (data: string) (ct: CancellationToken) =
        task {
            use! writer = session.Connection.BeginTextImportAsync(statement.Text, ct)
            do! writer.WriteAsync(data.AsMemory(), ct)
        }

    /// Every database has these; older dumps make them all the same.
    let private isThereAnyway (text: string) =
        matches @"^CREATE\s+SCHEMA\s+""?public""?\s*(?:AUTHORIZATION\b.*)?$" text
        || matches @"^CREATE\s+(?:OR\s+REPLACE\s+)?(?:TRUSTED\s+)?(?:PROCEDURAL\s+)?LANGUAGE\s+[""']?plpgsql\b" text

    /// What pg_dump takes away before it makes it may not be there yet, and its settings may be newer than the server.
    let private isNoneTheWorse (session: Session) (text: string) (error: PostgresException) =
        match error.SqlState with
        | PostgresErrorCodes.DuplicateSchema
        | PostgresErrorCodes.DuplicateObject -> isThereAnyway text
        | PostgresErrorCodes.UndefinedTable
        | PostgresErrorCodes.UndefinedFunction
        | PostgresErrorCodes.InvalidSchemaName
        | PostgresErrorCodes.UndefinedObject when session.IsDump ->
            matches @"^DROP\s|^ALTER\s.*\sDROP\s+(?:CONSTRAINT|DEFAULT)\b|^ALTER\s.*\sDETACH\s+PARTITION\b" text
            // A view in a circle stands without its query before it goes.
            || matches @"^CREATE\s+OR\s+REPLACE\s+VIEW\b.*\sAS\s+SELECT\s+NULL::" text
            || matches @"^SET\s+\w+\s*=" text && matches "configuration parameter" error.MessageText
        | _ -> false

    /// Statements that may name a role.
    let private namesRoles =
        Regex(
            @"^(?:GRANT|REVOKE)\b|\bOWNER\s+TO\b|\bAUTHORIZATION\b|^(?:CREATE|ALTER)\s+POLICY\b|^ALTER\s+DEFAULT\b|\bUSER\s+MAPPING\b|^SET\s+(?:\w+\s+)?ROLE\b",
            RegexOptions.IgnoreCase ||| RegexOptions.Singleline
        )

    let private missingRole (error: PostgresException) : string option =
        let found = Regex.Match(error.MessageText, "\"(.+)\"")
        let routine = error.Routine |> Option.ofObj |> Option.defaultValue ""

        let isMissing =
            routine.StartsWith("get_role", StringComparison.Ordinal)
            || matches "^role \".*\" does not exist$" error.MessageText

        if isMissing && found.Success then Some found.Groups[1].Value else None

    let private savepoint = "schematoolkit_statement"

    /// Runs a statement; a role that it names and the server has not is made.
    let rec private naming (session: Session) (statement: Script.Statement) (ct: CancellationToken) : Task<unit> =
        task {
            let within = session.InBlock.Value

            if within then
                do! execute session $"SAVEPOINT {savepoint}" ct

            let! missing =
                task {
                    try
                        do! execute session (Script.toSend statement) ct
                        return None
                    with :? PostgresException as error when (missingRole error).IsSome ->
                        return missingRole error
                }

            match missing with
            | None ->
                if within then
                    do! execute session $"RELEASE SAVEPOINT {savepoint}" ct
            | Some role ->
                if within then
                    do! execute session $"ROLLBACK TO SAVEPOINT {savepoint}" ct

                // What another session makes, a block may not see yet.
                let maker = if within then session.Connection else session.Admin
                let! isMade = Roles.create maker role ct

                if isMade then
                    do! made session (Set.singleton role) ct
                    do! naming session statement ct
                else
                    do! execute session (Script.toSend statement) ct
        }

    let private minded (session: Session) (text: string) =
        if matches @"^(BEGIN|START\s+TRANSACTION)\b" text then
            session.InBlock.Value <- true
        elif
            matches @"^(COMMIT|END|ABORT|PREPARE\s+TRANSACTION)\b" text
            || matches @"^ROLLBACK\b(?!.*\bTO\b)" text
        then
            session.InBlock.Value <- matches @"\bAND\s+CHAIN\b" text

    let statement (session: Session) (given: Script.Statement) (ct: CancellationToken) : Task<unit> =
        task {
            let statement = substituted session given

            try
                match statement.Data with
                | Some data -> do! copy session statement data ct
                | None when isOfServer statement.Text || setsEncoding statement.Text -> ()
                | None when Roles.makes statement.Text || Roles.mayMake statement.Text ->
                    do! making session statement ct
                | None ->
                    match Subscribing.instead statement.Text, Roles.changed statement.Text with
                    | Some others, _ ->
                        for text in others do
                            do! execute session (Script.toSend { statement with Text = text }) ct
                    | None, roles when roles |> List.forall session.Made.Value.Contains ->
                        if namesRoles.IsMatch statement.Text then
                            do! naming session statement ct
                        else
                            do! execute session (Script.toSend statement) ct
                            minded session statement.Text
                    | None, _ -> ()
            with :? PostgresException as error ->
                if session.InBlock.Value || not (isNoneTheWorse session statement.Text error) then
                    raise (located session statement error)
        }

    /// The rows that a query gives, as texts under the names of its columns.
    let rows
        (session: Session)
        (query: Script.Statement)
        (ct: CancellationToken)
        : Task<(string * string option) list list> =
        task {
            let rows = List<(string * string option) list>()

            try
                use command = new NpgsqlCommand(Script.toSend (substituted session query), session.Connection)
                command.AllResultTypesAreUnknown <- true
                use! reader = command.ExecuteReaderAsync ct

                while reader.Read() do
                    rows.Add
                        [ for i in 0 .. reader.FieldCount - 1 do
                              reader.GetName i, (if reader.IsDBNull i then None else Some(reader.GetString i)) ]
            with :? PostgresException as error ->
                raise (located session query error)

            return List.ofSeq rows
        }
