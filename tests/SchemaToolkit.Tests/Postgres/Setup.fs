namespace SchemaToolkit.Tests.Postgres

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// A driver on a test database with one connection and what the server can do.
type Site = { Driver: Driver; Connection: DbConnection; Capabilities: Capabilities }

[<RequireQualifiedAccess>]
module Site =
    let none = CancellationToken.None

    let engines = [ Engine.Postgres; Engine.PGlite ]

    let ofDatabase (database: TestDatabase) =
        task {
            let driver = PostgresDriver.create database.ConnectionString
            let! connection = driver.Connect none
            let! capabilities = driver.Probe connection none

            return { Driver = driver; Connection = connection; Capabilities = capabilities }
        }

    /// The test on PostgreSQL and on PGLite.
    let each name (body: Site -> Task<unit>) =
        OnEngines.among engines name (fun database ->
            task {
                let! site = ofDatabase database
                use _ = site.Connection
                do! body site
            })

    let execute (site: Site) (sql: string) =
        task {
            use command = site.Connection.CreateCommand()
            command.CommandText <- sql
            let! _ = command.ExecuteNonQueryAsync()
            return ()
        }

    /// All rows, each as text.
    let rows (site: Site) (sql: string) =
        task {
            use command = site.Connection.CreateCommand()
            command.CommandText <- sql
            use! reader = command.ExecuteReaderAsync()
            let found = ResizeArray<string list>()

            while reader.Read() do
                found.Add
                    [ for i in 0 .. reader.FieldCount - 1 do
                          if reader.IsDBNull i then "NULL" else string (reader.GetValue i) ]

            return List.ofSeq found
        }

    let scalar site sql =
        task {
            let! found = rows site sql
            return found |> List.head |> List.head
        }

    /// What the server keeps of a declared schema.
    let project (site: Site) (schema: Schema) = (site.Driver.Project site.Capabilities schema).Schema

    let read (site: Site) (namespaces: string list) = site.Driver.ReadCatalog site.Connection namespaces none

    /// Runs steps segment by segment.
    let apply (site: Site) (target: Schema) (steps: Step list) =
        task {
            let! live = read site [ target.Namespace ]
            let segments = site.Driver.Lower site.Capabilities live target steps
            let covered = segments |> List.collect _.Operations |> List.collect _.Covers
            Expect.equal covered steps "every step is covered once, in order"

            for segment in segments do
                let! transaction = site.Driver.Begin site.Connection none
                use transaction = transaction

                for operation in segment.Operations do
                    for statement in operation.Statements do
                        try
                            do! execute site statement
                        with error ->
                            failtestf "%s\n%s" error.Message statement

                do! transaction.CommitAsync()
        }

    /// From one projected schema to another by the diff.
    let migrate (site: Site) (from: Schema) (target: Schema) = apply site target (Diff.between from target)

    let private blank (_: SqlText) = SqlText.raw ""

    /// A schema with its texts emptied and without the orders that mean nothing: what must agree exactly.
    let structure (schema: Schema) =
        let column (c: ColumnDef) =
            { c with
                Default = c.Default |> Option.map (fun _ -> ColumnDefault.Expression(SqlText.raw ""))
                Generated = c.Generated |> Option.map (fun g -> { g with Expression = blank g.Expression }) }

        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column _ -> p
            | IndexTarget.Expression text -> { p with Target = IndexTarget.Expression(blank text) }

        let table (t: Table) =
            { t with
                Columns = List.map column t.Columns
                Checks = t.Checks |> List.map (fun c -> { c with Expression = blank c.Expression })
                Indexes =
                    t.Indexes
                    |> List.map (fun i -> { i with Parts = List.map part i.Parts; Where = Option.map blank i.Where })
                Policies =
                    t.Policies
                    |> List.map (fun p ->
                        { p with
                            Using = Option.map blank p.Using
                            WithCheck = Option.map blank p.WithCheck }) }

        Compare.normalise
            { schema with
                Tables = List.map table schema.Tables
                // An extension may be there for others.
                Objects =
                    schema.Objects
                    |> List.filter (fun o -> o.Kind <> ObjectKind.Extension)
                    |> List.map (SchemaObject.mapTexts (fun _ -> blank)) }

    /// The texts of a catalog by their place.
    let texts (schema: Schema) : Map<TextSlot, string> =
        [ for t in schema.Tables do
              for c in t.Columns do
                  match c.Default with
                  | Some(ColumnDefault.Expression sql) -> TextSlot.Default(t.Name, c.Name), SqlText.describe sql
                  | _ -> ()

                  match c.Generated with
                  | Some g -> TextSlot.Generated(t.Name, c.Name), SqlText.describe g.Expression
                  | None -> ()

              for c in t.Checks do
                  TextSlot.Check(t.Name, c.Name), SqlText.describe c.Expression

              for i in t.Indexes do
                  for position, p in List.indexed i.Parts do
                      match p.Target with
                      | IndexTarget.Expression sql ->
                          TextSlot.IndexExpression(t.Name, i.Name, position), SqlText.describe sql
                      | IndexTarget.Column _ -> ()

                  match i.Where with
                  | Some sql -> TextSlot.IndexPredicate(t.Name, i.Name), SqlText.describe sql
                  | None -> ()

              for p in t.Policies do
                  match p.Using with
                  | Some sql -> TextSlot.PolicyUsing(t.Name, p.Name), SqlText.describe sql
                  | None -> ()

                  match p.WithCheck with
                  | Some sql -> TextSlot.PolicyWithCheck(t.Name, p.Name), SqlText.describe sql
                  | None -> ()

          // A trigger is not asked about: it would stand on the real table.
          for o in schema.Objects do
              if o.Kind <> ObjectKind.Trigger then
                  for place, sql in SchemaObject.texts o do
                      TextSlot.Object(o.Key, place), SqlText.describe sql ]
        |> Map.ofList

    /// The catalog holds the schema: structure exactly, every text as the server itself writes it.
    let expectArrived (site: Site) (projected: Schema) =
        task {
            let! canonical = site.Driver.Canonicalise site.Connection projected none
            let! live = read site [ projected.Namespace ]
            Expect.equal (structure live.Schema) (structure projected) "the catalog's structure"
            let found = texts live.Schema

            for slot, text in Map.toList canonical do
                Expect.equal (found.TryFind slot) (Some text) $"the text of %A{slot}"

            Expect.equal (canonical.Keys |> Set.ofSeq) (found.Keys |> Set.ofSeq) "every text was asked for"
        }
