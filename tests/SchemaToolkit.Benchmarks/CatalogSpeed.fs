namespace SchemaToolkit.Benchmarks

open System
open System.Diagnostics
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing

/// Databases of a size: ten columns, a key, a foreign key, a unique, a check and two indexes for each table.
module SizedDatabase =
    let private tables (count: int) =
        $"""
DO $$
BEGIN
  FOR i IN 1..{count} LOOP
    EXECUTE format('CREATE TABLE t%%1$s (id bigint PRIMARY KEY, parent bigint, code text NOT NULL, name varchar(80) NOT NULL DEFAULT ''none'',
      amount numeric(12,2) NOT NULL DEFAULT 0, active boolean NOT NULL DEFAULT true, kind integer, note text, created timestamptz NOT NULL DEFAULT now(), data jsonb,
      CONSTRAINT t%%1$s_parent_fkey FOREIGN KEY (parent) REFERENCES t%%2$s (id) ON DELETE CASCADE, CONSTRAINT t%%1$s_code_key UNIQUE (code), CONSTRAINT t%%1$s_amount_check CHECK (amount >= 0 AND kind < 100))', i, greatest(i - 1, 1));
    EXECUTE format('CREATE INDEX t%%1$s_name_idx ON t%%1$s (name, created DESC)', i);
    EXECUTE format('CREATE INDEX t%%1$s_kind_idx ON t%%1$s (kind) WHERE active', i);
    IF i %% 100 = 0 THEN COMMIT; END IF;
  END LOOP;
END $$"""

    let private execute (connectionString: string) (statements: string list) =
        task {
            use connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600")
            do! connection.OpenAsync()

            for sql in statements do
                use command = new NpgsqlCommand(sql, connection)
                let! _ = command.ExecuteNonQueryAsync()
                ()
        }

    /// Fills an empty database.
    let fill (connectionString: string) (count: int) = execute connectionString [ tables count; "VACUUM ANALYZE" ]

    /// Puts one change into it.
    let change (connectionString: string) (count: int) =
        execute connectionString [ $"ALTER TABLE t{max 1 (count / 2)} ADD COLUMN added integer" ]

/// `catalog [tables …]`: reading two databases and diffing them, as multiples of one `pg_dump --schema-only` in the same run.
module CatalogSpeed =
    let private rounds = 5

    let private median (times: TimeSpan list) = (List.sort times)[times.Length / 2]

    let private time (work: unit -> Task) =
        task {
            let clock = Stopwatch.StartNew()
            do! work ()
            return clock.Elapsed
        }

    let private run (program: string) (arguments: string list) : Task =
        task {
            let info = ProcessStartInfo(program, arguments, RedirectStandardOutput = true, UseShellExecute = false)

            match Process.Start info with
            | null -> failwith $"{program} could not be started."
            | started ->
                use child = started
                let! _ = child.StandardOutput.ReadToEndAsync()
                do! child.WaitForExitAsync()

                if child.ExitCode <> 0 then
                    failwith $"{program} ended with {child.ExitCode}."
        }

    let private dump (connectionString: string) () =
        let builder = NpgsqlConnectionStringBuilder connectionString

        run
            "pg_dump"
            [ "--schema-only"
              "-h"
              string builder.Host
              "-p"
              string builder.Port
              "-U"
              string builder.Username
              string builder.Database ]

    let private read (connectionString: string) =
        task {
            let builder = NpgsqlConnectionStringBuilder(connectionString, Pooling = false)
            use connection = new NpgsqlConnection(builder.ConnectionString)
            do! connection.OpenAsync()
            return! Snapshot.read' connection CancellationToken.None
        }

    /// Both at once, as `dotnet schema diff` does.
    let private diff (a: string) (b: string) () : Task =
        task {
            let reading = read a
            let! after = read b
            let! before = reading
            PgPlan.between Registry.rules before after |> ignore
        }

    let private command (a: string) (b: string) () =
        let program = typeof<SchemaToolkit.Cli.OutputFormat>.Assembly.Location
        run "dotnet" [ program; "diff"; "--from"; a; "--to"; b ]

    let private measure (count: int) =
        task {
            use! first = TestDatabase.create Engine.Postgres
            use! second = TestDatabase.create Engine.Postgres
            let a, b = first.ConnectionString, second.ConnectionString
            do! SizedDatabase.fill a count
            do! SizedDatabase.fill b count
            do! SizedDatabase.change b count

            let! cold = time (diff a b)

            let mutable dumps, diffs, commands, reads, nothings, ones = [], [], [], [], [], []

            for _ in 1..rounds do
                let! dumped = time (dump a)
                let! diffed = time (diff a b)
                let! commanded = time (command a b)
                let clock = Stopwatch.StartNew()
                let! before = read a
                reads <- clock.Elapsed :: reads
                let! same = read a
                let! after = read b
                clock.Restart()
                PgPlan.between Registry.rules before same |> ignore
                nothings <- clock.Elapsed :: nothings
                clock.Restart()
                let changes = PgPlan.between Registry.rules before after
                ones <- clock.Elapsed :: ones

                if changes.Length <> 1 then
                    failwith $"One change was made, {changes.Length} were found."

                dumps <- dumped :: dumps
                diffs <- diffed :: diffs
                commands <- commanded :: commands

            let dumped = (median dumps).TotalSeconds
            let multiple (times: TimeSpan list) = (median times).TotalSeconds / dumped

            let perTable (times: TimeSpan list) = (median times).TotalMilliseconds * 1000.0 / float count

            printfn
                "%5d tables: read two and diff %.2f × pg_dump (first time in the process %.2f), whole command %.2f ×; microseconds per table: pg_dump %.0f, read one %.0f, diff of equals %.1f, of one change %.1f"
                count
                (multiple diffs)
                (cold.TotalSeconds / dumped)
                (multiple commands)
                (perTable dumps)
                (perTable reads)
                (perTable nothings)
                (perTable ones)
        }

    let main (arguments: string list) : int =
        let sizes =
            match arguments with
            | [] -> [ 500; 1000; 2000; 5000 ]
            | given -> List.map int given

        task {
            for size in sizes do
                do! measure size
        }
        |> _.GetAwaiter().GetResult()

        0
