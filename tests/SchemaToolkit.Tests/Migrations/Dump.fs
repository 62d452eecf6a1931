/// A database as text, told by the engine and by its own tools, never by our readers.
[<RequireQualifiedAccess>]
module SchemaToolkit.Tests.Migrations.Dump

open System
open System.Diagnostics
open System.IO
open Npgsql
open SchemaToolkit.Testing
open SchemaToolkit.Tests.Migrations

let private quote (name: string) = "\"" + name.Replace("\"", "\"\"") + "\""

let private sqlite (place: Place) =
    task {
        let! objects = Place.rows place "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"

        let! tables = Place.rows place "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"

        let content = ResizeArray<string>()

        for table in tables do
            let! rows = Place.rows place $"SELECT * FROM {quote table} ORDER BY rowid"
            content.Add $"-- {table}"
            content.AddRange rows

        return String.Join("\n", objects @ List.ofSeq content)
    }

/// Every object that a person can make, in the server's own words.
let private objects =
    """
WITH n AS (SELECT oid, nspname FROM pg_namespace
           WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'),
     c AS (SELECT c.*, n.nspname FROM pg_class c JOIN n ON n.oid = c.relnamespace)
SELECT line FROM (
  SELECT 'namespace ' || nspname AS line FROM n
  UNION ALL SELECT format('%s %s.%s rls %s %s acl %s', relkind, nspname, relname, relrowsecurity, relforcerowsecurity, relacl) FROM c
  UNION ALL SELECT format('column %s.%s.%s #%s %s null %s identity %s generated %s default %s', nspname, relname, attname, attnum,
                          format_type(atttypid, atttypmod), NOT attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid))
            FROM c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = attnum
  UNION ALL SELECT format('constraint %s.%s %s %s', nspname, relname, conname, pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN c ON c.oid = conrelid
  UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index i JOIN c ON c.oid = indrelid
  UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN c ON c.oid = tgrelid WHERE NOT tgisinternal
  UNION ALL SELECT format('view %s.%s %s', nspname, relname, pg_get_viewdef(c.oid)) FROM c WHERE relkind IN ('v', 'm')
  UNION ALL SELECT format('policy %s on %s.%s %s %s', polname, nspname, relname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            FROM pg_policy p JOIN c ON c.oid = polrelid
  UNION ALL SELECT pg_get_functiondef(f.oid) FROM pg_proc f JOIN n ON n.oid = pronamespace
            WHERE prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = f.oid AND e.deptype = 'e')
  UNION ALL SELECT format('enum %s.%s %s', nspname, typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
            FROM pg_type t JOIN n ON n.oid = typnamespace WHERE typtype = 'e'
  UNION ALL SELECT format('comment %s %s %s', objoid::regclass, objsubid, description) FROM pg_description JOIN c ON c.oid = objoid WHERE classoid = 'pg_class'::regclass
  UNION ALL SELECT 'extension ' || extname FROM pg_extension
) all_lines ORDER BY line"""

let private tables =
    "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1"

let private postgres (place: Place) =
    task {
        let! lines = Place.rows place objects
        let! names = Place.rows place tables
        let content = ResizeArray<string>()

        for table in names do
            let! rows = Place.rows place $"SELECT t::text FROM {table} t ORDER BY 1"
            content.Add $"-- {table}"
            content.AddRange rows

        return String.Join("\n", lines @ List.ofSeq content)
    }

/// The program that came with the server, or the one on PATH; none where it is older than the server.
let private pgDump (version: string) =
    let major = int (version.Split('.')[0])

    PostgresInstallation.all ()
    |> List.filter (fun found -> found.Major >= major)
    |> List.map (fun found -> Path.Combine(found.Bin, "pg_dump"))
    |> List.tryFind File.Exists

/// Newer versions write a key drawn by lot against injection.
let private isOfTheRun (line: string) =
    line.StartsWith(@"\restrict", StringComparison.Ordinal)
    || line.StartsWith(@"\unrestrict", StringComparison.Ordinal)

let private byPgDump (place: Place) =
    task {
        match pgDump place.Database.Version with
        | None -> return ""
        | Some program ->
            let target = NpgsqlConnectionStringBuilder place.Database.ConnectionString

            let info =
                ProcessStartInfo(
                    program,
                    [ "-h"
                      string target.Host
                      "-p"
                      string target.Port
                      "-U"
                      string target.Username
                      string target.Database ],
                    RedirectStandardOutput = true,
                    RedirectStandardError = true
                )

            match Process.Start info with
            | null -> return failwith "pg_dump did not start."
            | running ->
                use running = running
                let! text = running.StandardOutput.ReadToEndAsync()
                let! errors = running.StandardError.ReadToEndAsync()
                do! running.WaitForExitAsync()

                if running.ExitCode <> 0 then
                    failwith $"pg_dump: {errors}"

                return String.Join("\n", text.Split '\n' |> Array.filter (isOfTheRun >> not))
    }

/// Objects and rows. On PostgreSQL `pg_dump` has its say too.
let whole (place: Place) =
    task {
        match place.Engine with
        | Engine.Sqlite -> return! sqlite place
        | Engine.PGlite -> return! postgres place
        | Engine.Postgres ->
            let! told = postgres place
            let! dumped = byPgDump place
            return told + "\n" + dumped
    }

/// The body leaves the database as it was, to the byte.
let unchanged (place: Place) (body: unit -> System.Threading.Tasks.Task<'a>) =
    task {
        let! before = whole place
        let! result = body ()
        let! after = whole place
        Expecto.Expect.equal after before "the database, as it was before"
        return result
    }
