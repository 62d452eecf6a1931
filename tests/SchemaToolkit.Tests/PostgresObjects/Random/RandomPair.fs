namespace SchemaToolkit.Tests.PostgresObjects.Random

open System
open System.Threading.Tasks
open Npgsql
open SchemaToolkit.Tests.PostgresObjects

/// What came of one pair.
type Outcome =
    {
        /// Without what the server refused.
        Before: Model
        After: Model
        /// Items that the server refused.
        Refused: int list
        Wrong: string list
    }

/// A pair of models on a server.
[<RequireQualifiedAccess>]
module RandomPair =
    let private asText (sql: string) = "'" + sql.Replace("'", "''") + "'"

    /// In one transaction, by one command; which statement was refused is asked only when one was.
    let private tryLoad (connection: NpgsqlConnection) (statements: (int * string) list) : Task<int option> =
        task {
            try
                let all = statements |> List.map (fun (_, sql) -> asText sql) |> String.concat ", "

                // Within one statement of the server: a text holds semicolons as it likes.
                if not statements.IsEmpty then
                    do!
                        Pairs.execute
                            connection
                            $"DO $load$DECLARE s text; i integer := 0; BEGIN FOREACH s IN ARRAY ARRAY[{all}] LOOP i := i + 1; BEGIN EXECUTE s; EXCEPTION WHEN OTHERS THEN RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = i || ' ' || SQLERRM; END; END LOOP; END$load$"

                return None
            with :? PostgresException as error when error.SqlState = "ZZ001" ->
                let place = error.MessageText.IndexOf ' '
                let index = int (error.MessageText.Substring(0, place))
                let id, sql = statements[index - 1]

                if Environment.GetEnvironmentVariable "SCHEMATOOLKIT_SHOW_REFUSED" = "1" then
                    printfn $"refused: {error.MessageText.Substring place}\n  {sql}"

                return Some id
        }

    /// Loads the model; an item that the server refuses is taken out, and the load begins again.
    let rec private load (connection: NpgsqlConnection) (refused: int list) (model: Model) =
        task {
            let model, statements = Render.statements model

            match! tryLoad connection statements with
            | None -> return model, refused
            | Some id -> return! load connection (id :: refused) (Model.remove id model)
        }

    /// Whether what went wrong shows without pg_dump.
    let isSeenByPlan (outcome: Outcome) =
        outcome.Wrong
        |> List.forall (fun line -> not (line.Contains("the dumps differ", StringComparison.Ordinal)))

    /// Dumps of the same lines: columns, what is said of them, and privileges stand in the order in which they came.
    let private isOrderAlone (line: string) =
        let words = line.Replace("(back) ", "").Split([| ' '; '\n' |], StringSplitOptions.RemoveEmptyEntries)

        String.Join(" ", words) = "the dumps differ; there: wanted:"

    /// Whether two pairs go wrong in the same way, as far as can be said.
    let isLike (one: Outcome) (other: Outcome) =
        let kind (outcome: Outcome) =
            outcome.Wrong
            |> List.tryHead
            |> Option.map (fun line -> line.Replace("(back) ", "").Split('\n', '"')[0])

        kind one = kind other

    /// Empties a database that an earlier pair has used: cheaper than a new one, and its caches are warm.
    let private clear =
        """RESET ALL;
DO $clear$
DECLARE r record;
BEGIN
  FOR r IN SELECT evtname AS n FROM pg_event_trigger LOOP EXECUTE format('DROP EVENT TRIGGER %I', r.n); END LOOP;
  FOR r IN SELECT lanname AS n FROM pg_language WHERE oid >= 16384 LOOP EXECUTE format('DROP LANGUAGE %I CASCADE', r.n); END LOOP;
  FOR r IN SELECT subname AS n FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LOOP
    EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', r.n);
    EXECUTE format('DROP SUBSCRIPTION %I', r.n);
  END LOOP;
  FOR r IN SELECT pubname AS n FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', r.n); END LOOP;
  FOR r IN SELECT fdwname AS n FROM pg_foreign_data_wrapper LOOP EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', r.n); END LOOP;
  FOR r IN SELECT nspname AS n FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', r.n);
  END LOOP;
  DELETE FROM pg_default_acl;
  CREATE SCHEMA public AUTHORIZATION pg_database_owner;
  COMMENT ON SCHEMA public IS 'standard public schema';
  GRANT USAGE ON SCHEMA public TO PUBLIC;
END
$clear$"""

    /// `quick` asks for the second plan only, not for pg_dump. The databases are emptied first; with `rows` their tables get
    /// some.
    let check quick rows (a: NpgsqlConnection) (b: NpgsqlConnection) (before: Model) (after: Model) : Task<Outcome> =
        task {
            do! Pairs.execute a "SET client_min_messages = error"
            do! Pairs.execute b "SET client_min_messages = error"
            do! Pairs.execute a clear
            do! Pairs.execute b clear
            let! before, refusedBefore = load a [] before
            // What was refused before is not tried again.
            let after = refusedBefore |> List.fold (fun m id -> Model.remove id m) after
            let! after, refusedAfter = load b [] after

            if rows then
                do! Pairs.execute a (Rows.insert before)
                do! Pairs.execute b (Rows.insert after)

            let! wrong =
                task {
                    try
                        let! forward, backward =
                            Pairs.arrivesBothWays quick (if rows then Rows.kept else Pairs.unwatched) a b

                        return
                            forward @ [ for line in backward -> $"(back) {line}" ]
                            |> List.filter (fun line -> not (rows && Rows.isInTheWay line || isOrderAlone line))
                    with error ->
                        return [ error.Message ]
                }

            return
                { Before = before
                  After = after
                  Refused = refusedBefore @ refusedAfter
                  Wrong = wrong }
        }
