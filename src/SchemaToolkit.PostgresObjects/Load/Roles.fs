namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Roles belong to the whole server. Those that a script needs and that are not there are made for as long as it is looked at,
/// and marked, so that those of a killed program are found; those that are there are never changed or dropped.
[<RequireQualifiedAccess>]
module internal Roles =
    let private mark = "made by SchemaToolkit for a scratch database"

    /// Held, shared, by every program that has made roles; whoever gets it alone may sweep.
    let private key = 0x5C4E3A_0B07L

    let private texts (connection: NpgsqlConnection) (sql: string) (ct: CancellationToken) =
        task {
            let found = List<string>()
            use command = new NpgsqlCommand(sql, connection)
            use! reader = command.ExecuteReaderAsync ct
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    found.Add(reader.GetString 0)

            return List.ofSeq found
        }

    let private execute (connection: NpgsqlConnection) (sql: string) (ct: CancellationToken) =
        task {
            use command = new NpgsqlCommand(sql, connection)
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    let names (connection: NpgsqlConnection) (ct: CancellationToken) : Task<Set<string>> =
        task {
            let! found = texts connection "SELECT rolname::text FROM pg_roles" ct
            return Set.ofList found
        }

    let private starts (pattern: string) (text: string) =
        Regex.IsMatch(text, "^(?:" + pattern + ")", RegexOptions.IgnoreCase)

    let makes (statement: string) = starts @"CREATE\s+(ROLE|USER|GROUP)\s+(?!MAPPING\b)" statement

    /// A block or a query that may make roles.
    let mayMake (statement: string) =
        starts @"DO\b|SELECT\b" statement
        && Regex.IsMatch(statement, @"\b(ROLE|USER|GROUP)\b", RegexOptions.IgnoreCase)

    /// The role that a statement alters or drops.
    let changed (statement: string) : string list =
        let name = "(\"(?:[^\"]|\"\")+\"|\\w+)"

        let plain (text: string) =
            if text.StartsWith '"' then
                text.Substring(1, text.Length - 2).Replace("\"\"", "\"")
            else
                text.ToLowerInvariant()

        let altered =
            Regex.Match(
                statement,
                @"^(?:ALTER|COMMENT\s+ON)\s+(?:ROLE|USER|GROUP)\s+(?!MAPPING\b)" + name,
                RegexOptions.IgnoreCase
            )

        let dropped =
            Regex.Match(
                statement,
                @"^DROP\s+(?:ROLE|USER|GROUP)\s+(?!MAPPING\b)(?:IF\s+EXISTS\s+)?(.*)$",
                RegexOptions.IgnoreCase ||| RegexOptions.Singleline
            )

        if altered.Success then
            [ plain altered.Groups[1].Value ]
        elif dropped.Success then
            [ for found in Regex.Matches(dropped.Groups[1].Value, name) -> plain found.Value ]
        else
            []

    /// Makes a role that a statement names without more ado; false where the connection's role may not.
    let create (admin: NpgsqlConnection) (role: string) (ct: CancellationToken) : Task<bool> =
        task {
            try
                do! execute admin $"CREATE ROLE {Quote.name role}" ct
                return true
            with :? PostgresException as error ->
                // Somebody else may have made it at this moment.
                return error.SqlState = PostgresErrorCodes.DuplicateObject
        }

    /// Says to other programs that there are roles in use, until the connection is closed.
    let announce (admin: NpgsqlConnection) (ct: CancellationToken) : Task<unit> =
        execute admin $"SELECT pg_advisory_lock_shared({key})" ct

    let setMark (connection: NpgsqlConnection) (role: string) (ct: CancellationToken) : Task<unit> =
        task {
            try
                do! execute connection $"COMMENT ON ROLE {Quote.name role} IS {Quote.text mark}" ct
            with :? PostgresException ->
                // It goes all the same at the end; only a killed program would leave it.
                ()
        }

    /// As objects: the statement makes the role where it is not there.
    let objects (connection: NpgsqlConnection) (made: Set<string>) (ct: CancellationToken) : Task<PgObject list> =
        task {
            if made.IsEmpty then
                return []
            else
                let word column name = $"CASE WHEN {column} THEN ' {name}' ELSE '' END"

                let! rows =
                    texts
                        connection
                        $"""SELECT rolname || E'\t' || concat({word "rolsuper" "SUPERUSER"}, {word "rolcreatedb" "CREATEDB"}, {word "rolcreaterole" "CREATEROLE"}, {word "NOT rolinherit" "NOINHERIT"}, {word "rolcanlogin" "LOGIN"}, {word "rolreplication" "REPLICATION"}, {word "rolbypassrls" "BYPASSRLS"}) FROM pg_roles"""
                        ct

                return
                    [ for row in rows do
                          match row.Split('\t', 2) with
                          | [| name; options |] when made.Contains name ->
                              let body =
                                  $"BEGIN CREATE ROLE {Quote.name name}{options}; EXCEPTION WHEN duplicate_object THEN NULL; END"

                              { Address = Address.create Kind.Role "" name
                                Parent = None
                                Facts =
                                  Facts.Text
                                      { Create = [ $"DO {Quote.text body}" ]
                                        Settings = [ "designation", $"ROLE {Quote.name name}"; "drop", "" ] }
                                Owner = None
                                Grants = None
                                Comment = None
                                SecurityLabels = [] }
                          | _ -> () ]
        }

    /// Drops what was made, and what killed programs left, unless others have roles in use or something depends on them.
    let sweep (admin: NpgsqlConnection) (made: Set<string>) (ct: CancellationToken) : Task<unit> =
        task {
            let! free = texts admin $"SELECT pg_try_advisory_lock({key})::text" ct

            if free = [ "true" ] then
                let! left =
                    texts
                        admin
                        $"SELECT r.rolname::text FROM pg_roles r JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass WHERE d.description = {Quote.text mark}"
                        ct

                for role in Set.union made (Set.ofList left) do
                    // Somebody uses it by now, or sweeps it from another database, where the lock is another one: it is theirs. The
                    // server catches that itself, because for some of it ("tuple concurrently deleted") the driver ends the connection.
                    let body = $"BEGIN DROP ROLE IF EXISTS {Quote.name role}; EXCEPTION WHEN OTHERS THEN NULL; END"
                    do! execute admin $"DO {Quote.text body}" ct

                do! execute admin $"SELECT pg_advisory_unlock({key})" ct
        }
