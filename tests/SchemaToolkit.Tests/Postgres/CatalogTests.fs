module SchemaToolkit.Tests.Postgres.CatalogTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Tests

/// The schema that uses everything; without vectors where the server has none.
let private everything (site: Site) =
    if site.Capabilities.Features.Contains "vector" then
        EverySchema.schema
    else
        { EverySchema.schema with
            Tables =
                EverySchema.schema.Tables
                |> List.map (fun t ->
                    { t with
                        Columns = t.Columns |> List.filter (fun c -> c.Name <> "embedding")
                        Indexes = t.Indexes |> List.filter (fun i -> i.Method <> "hnsw") }) }

let private roles =
    "DO $$ DECLARE r text; BEGIN FOREACH r IN ARRAY ARRAY['reader', 'app'] LOOP
       BEGIN EXECUTE format('CREATE ROLE %I', r); EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
     END LOOP; END $$"

let private created =
    Site.each "a fresh schema reads back as it was projected" (fun site ->
        task {
            do! Site.execute site roles
            let projected = Site.project site (everything site)
            do! Site.migrate site (Schema.empty "" projected.Namespace) projected
            do! Site.expectArrived site projected
        })

let private fixpoint =
    Site.each "projecting a projected schema changes nothing" (fun site ->
        task {
            let first = site.Driver.Project site.Capabilities (everything site)
            let again = site.Driver.Project site.Capabilities first.Schema
            Expect.equal again.Schema first.Schema "the schema"
        })

let private verdicts =
    Site.each "every declared part has one verdict" (fun site ->
        task {
            let projected = site.Driver.Project site.Capabilities (everything site)
            let parts = projected.Verdicts |> List.map _.Part
            Expect.equal (List.distinct parts) parts "one verdict for each part"

            for table in (everything site).Tables do
                for c in table.Columns do
                    Expect.contains parts (PartId.Column(table.Name, c.Name)) "columns"

                for i in table.Indexes do
                    Expect.contains parts (PartId.Index(table.Name, i.Name)) "indexes"

                for p in table.Policies do
                    Expect.contains parts (PartId.Policy(table.Name, p.Name)) "policies"
        })

[<Tests>]
let tests = testList "postgres catalog" [ created; fixpoint; verdicts ]
