namespace SchemaToolkit.Postgres

open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit

/// Lets the server write declared texts in its own way: a temporary table named like the declared one, made, read and
/// rolled back. `search_path` is `pg_catalog`, so that both renditions qualify the same names.
[<RequireQualifiedAccess>]
module internal Canonicalise =
    let private temporary (table: Table) = ObjectName.create "pg_temp" table.Name.Name

    let private needsAsking (table: Table) =
        not table.Checks.IsEmpty
        || table.PartitionBy.IsSome
        || not table.Policies.IsEmpty
        || table.Columns |> List.exists (fun c -> c.Default.IsSome || c.Generated.IsSome)
        || table.Indexes
           |> List.exists (fun i ->
               i.Where.IsSome
               || i.Parts
                  |> List.exists (fun p ->
                      match p.Target with
                      | IndexTarget.Expression _ -> true
                      | IndexTarget.Column _ -> false))

    /// Only what carries text, in the temporary schema; keys and plain indexes say nothing new.
    let private textIndexes (table: Table) =
        table.Indexes
        |> List.filter (fun i ->
            needsAsking
                { table with
                    Checks = []
                    Policies = []
                    Columns = []
                    PartitionBy = None
                    Indexes = [ i ] })

    let private statements (extensions: Extensions) (table: Table) : string list * string list =
        let name = temporary table

        let columns =
            table.Columns
            |> List.filter _.Generated.IsNone
            |> List.map (fun c -> Render.column extensions { c with Default = None; Identity = None; Nullable = true })

        let alter action = $"ALTER TABLE {Quote.object name} {action}"
        let body = String.concat ", " columns

        let partitions = table.PartitionBy |> Option.map (fun key -> $" PARTITION BY {Render.text key}")

        [ $"CREATE TEMPORARY TABLE {Quote.name name.Name} ({body}){Option.toObj partitions}" ],
        [ for c in table.Columns do
              match c.Default with
              | Some value -> alter $"ALTER COLUMN {Quote.name c.Name} SET DEFAULT {Render.columnDefault c.Type value}"
              | None -> ()
          for c in table.Columns do
              if c.Generated.IsSome then
                  alter $"ADD COLUMN {Render.column extensions c}"
          for check in table.Checks do
              alter $"ADD {Render.constraintOf (Constraint.Check check)}"
          for index in textIndexes table do
              Render.createIndex extensions name index
          for policy in table.Policies do
              Render.createPolicy name policy ]

    /// Columns whose type is there now: an enum that the plan is still to make cannot be asked about.
    let private knownColumns (connection: NpgsqlConnection) (extensions: Extensions) (tables: Table list) ct =
        task {
            let types =
                tables
                |> List.collect _.Columns
                |> List.map (fun c -> PgType.render extensions c.Type)
                |> List.distinct

            let! known =
                Session.rows
                    connection
                    "SELECT t FROM unnest($1) AS types(t) WHERE to_regtype(regexp_replace(t, '\\([0-9,]+\\)', '')) IS NOT NULL"
                    [ Array.ofList types ]
                    (Field.text 0)
                    ct

            let known = set known

            return
                tables
                |> List.map (fun table ->
                    { table with
                        Columns =
                            table.Columns |> List.filter (fun c -> known.Contains(PgType.render extensions c.Type)) })
        }

    /// All at once; when the server refuses something, one by one, so that one bad text does not lose the others.
    let private build (connection: NpgsqlConnection) (extensions: Extensions) (table: Table) ct : Task<unit> =
        task {
            let first, others = statements extensions table
            let run statements () = Session.execute connection (String.concat ";\n" statements) ct
            let! whole = Session.trying connection "whole_table" ct (run (first @ others))

            if whole.IsNone then
                let! made = Session.trying connection "one_part" ct (run first)

                if made.IsSome then
                    for statement in others do
                        let! _ = Session.trying connection "one_part" ct (run [ statement ])
                        ()
        }

    let private slots (declared: Table) (read: Table) : (TextSlot * string) list =
        let name = declared.Name
        let words (sql: SqlText) = SqlText.describe sql

        [ for c in read.Columns do
              match c.Default with
              | Some(ColumnDefault.Expression sql) -> TextSlot.Default(name, c.Name), words sql
              | _ -> ()

              match c.Generated with
              | Some generated -> TextSlot.Generated(name, c.Name), words generated.Expression
              | None -> ()
          match read.PartitionBy with
          | Some sql -> TextSlot.PartitionKey name, words sql
          | None -> ()
          for check in read.Checks do
              TextSlot.Check(name, check.Name), words check.Expression
          for index in read.Indexes do
              for position, part in List.indexed index.Parts do
                  match part.Target with
                  | IndexTarget.Expression sql -> TextSlot.IndexExpression(name, index.Name, position), words sql
                  | IndexTarget.Column _ -> ()

              match index.Where with
              | Some sql -> TextSlot.IndexPredicate(name, index.Name), words sql
              | None -> ()
          for policy in read.Policies do
              match policy.Using with
              | Some sql -> TextSlot.PolicyUsing(name, policy.Name), words sql
              | None -> ()

              match policy.WithCheck with
              | Some sql -> TextSlot.PolicyWithCheck(name, policy.Name), words sql
              | None -> () ]

    let private tempSchema = "SELECT nspname::text FROM pg_namespace WHERE oid = pg_my_temp_schema()"

    /// Tables of one namespace: their names differ from each other.
    let private ask
        (connection: NpgsqlConnection)
        (extensions: Extensions)
        (tables: Table list)
        (objects: SchemaObject list)
        ct
        =
        task {
            let! known = knownColumns connection extensions tables ct

            for table in known do
                do! build connection extensions table ct

            for object in objects do
                let statements = CanonicaliseObjects.statements extensions object

                let! _ =
                    Session.trying connection "one_object" ct (fun () ->
                        Session.execute connection (String.concat ";\n" statements) ct)

                ()

            let! schemas = Session.rows connection tempSchema [] (Field.text 0) ct

            match schemas with
            | [] -> return []
            | temp :: _ ->
                let! catalog = CatalogReader.read connection [ temp ] ct

                return
                    [ for table in tables do
                          match Schema.tryTable (ObjectName.create temp table.Name.Name) catalog.Schema with
                          | Some read -> yield! slots table read
                          | None -> ()
                      yield! CanonicaliseObjects.slots temp objects catalog.Schema ]
                    // A text that names its own table would show the temporary schema.
                    |> List.filter (fun (_, text) -> not (text.Contains "pg_temp"))
        }

    /// Work inside a transaction that ends with nothing changed.
    let private undone (connection: NpgsqlConnection) ct (work: unit -> Task<'a>) : Task<'a> =
        task {
            let! own = Session.tryBegin connection IsolationLevel.ReadCommitted ct

            match own with
            | Some transaction ->
                use transaction = transaction
                do! Session.execute connection Session.settings ct
                let! result = work ()
                do! transaction.RollbackAsync ct
                return result
            | None ->
                do! Session.execute connection $"SAVEPOINT canonicalise; {Session.settings}" ct
                let! result = work ()
                do! Session.execute connection "ROLLBACK TO SAVEPOINT canonicalise; RELEASE SAVEPOINT canonicalise" ct
                return result
        }

    /// Renditions of the texts of a projected schema. What the server does not let us ask (a replica, a role without
    /// TEMPORARY, a type that is not there) is missing.
    let texts (connection: NpgsqlConnection) (extensions: Extensions) (projected: Schema) (ct: CancellationToken) =
        task {
            let mutable found = Map.empty

            // A partition or an exclusion stands on its table.
            let carriers =
                projected.Objects
                |> List.filter CanonicaliseObjects.needsAsking
                |> List.choose SchemaObject.parent
                |> Set.ofList

            let tables = projected.Tables |> List.filter (fun t -> needsAsking t || carriers.Contains t.Name)

            let objects = projected.Objects |> List.filter CanonicaliseObjects.needsAsking

            let namespaces =
                (tables |> List.map _.Name.Namespace) @ (objects |> List.map _.Key.Name.Namespace) |> List.distinct

            for ns in namespaces do
                let tables = tables |> List.filter (fun t -> t.Name.Namespace = ns)
                let objects = objects |> List.filter (fun o -> o.Key.Name.Namespace = ns)
                let! slots = undone connection ct (fun () -> ask connection extensions tables objects ct)

                for slot, text in slots do
                    found <- found.Add(slot, text)

            return found
        }
