module SchemaToolkit.Tests.Laws.GeneratorTests

open Expecto
open FsCheck.FSharp
open SchemaToolkit
open SchemaToolkit.Testing

let private sample count gen = Gen.sampleWithSize 10 count gen |> List.ofArray

let private sound (schema: Schema) =
    match
        Integrity.problems schema @ List.collect (Integrity.ofObject schema) schema.Objects, Validate.schema schema
    with
    | [], Ok _ -> Ok()
    | problems, Ok _ -> Error(String.concat "; " problems)
    | problems, Error errors -> Error(problems @ List.map string errors |> String.concat "; ")

let private profiles = [ "everything", Profile.everything; "portable", Profile.portable ]

[<Tests>]
let tests =
    testList
        "Laws.generators"
        [ for name, profile in profiles do
              Holds.forSchemas Holds.cases $"a generated schema is sound ({name})" profile sound

              Holds.forNearPairs Holds.cases $"an edited schema is sound ({name})" profile (fun _ after -> sound after)

              Holds.forSchemas 20 $"smaller schemas are sound ({name})" profile (fun schema ->
                  (Ok(), Shrink.schema profile schema)
                  ||> Seq.fold (fun state smaller -> state |> Result.bind (fun () -> sound smaller)))

          testCase "every kind of thing is generated"
          <| fun () ->
              let schemas = sample 600 (GenSchema.schema Profile.everything)
              let tables = schemas |> List.collect _.Tables
              let columns = tables |> List.collect _.Columns
              let some what condition = Expect.isTrue condition $"no {what} in 600 schemas"

              some
                  "composite foreign key"
                  (tables |> List.exists (fun t -> t.ForeignKeys |> List.exists (fun f -> f.Columns.Length > 1)))

              some
                  "self reference"
                  (tables |> List.exists (fun t -> t.ForeignKeys |> List.exists (fun f -> f.Target = t.Name)))

              some
                  "partial unique index"
                  (tables |> List.exists (fun t -> t.Indexes |> List.exists (fun i -> i.Unique && i.Where.IsSome)))

              some "generated column" (columns |> List.exists _.Generated.IsSome)
              some "identity" (columns |> List.exists _.Identity.IsSome)
              some "enum column" (columns |> List.exists (fun c -> (ColumnType.enumName c.Type).IsSome))
              some "policy" (tables |> List.exists (fun t -> not t.Policies.IsEmpty))

              some
                  "vector index"
                  (tables |> List.exists (fun t -> t.Indexes |> List.exists (fun i -> i.Method = "hnsw")))

              let objects kind = schemas |> List.filter (fun s -> s.Objects |> List.exists (fun o -> o.Kind = kind))
              Expect.isGreaterThan (objects ObjectKind.View).Length 100 "schemas with views"
              Expect.isGreaterThan (objects ObjectKind.Trigger).Length 100 "schemas with triggers"

              some
                  "view over a view"
                  (schemas
                   |> List.exists (fun s ->
                       s.Objects
                       |> List.choose ObjectShape.ofObject
                       |> List.exists (fun shape -> (Schema.tryTable (fst (ObjectShape.columns shape)) s).IsNone)))

              some "table without rowid" (tables |> List.exists _.WithoutRowId)

              let mutual =
                  schemas
                  |> List.exists (fun s ->
                      let pairs =
                          [ for t in s.Tables do
                                for f in t.ForeignKeys -> t.Name, f.Target ]
                          |> Set.ofList

                      pairs |> Set.exists (fun (a, b) -> a <> b && pairs.Contains(b, a)))

              some "mutual reference" mutual

          testCase "most edits change something"
          <| fun () ->
              let pairs = sample 300 (Arbitrary.nearPair Profile.everything).Generator
              let changed = pairs |> List.filter (fun p -> not (Compare.equivalent p.Before p.After)) |> List.length
              Expect.isGreaterThan changed 180 "pairs that differ"

          testCase "most pairs keep rows through the change"
          <| fun () ->
              let kept =
                  sample 200 (Arbitrary.nearPair Profile.portable).Generator
                  |> List.filter (fun pair ->
                      EngineOracle.rows 11UL pair.Before pair.After
                      |> Survivors.after (Diff.between pair.Before pair.After)
                      |> List.exists (fun t -> not t.Rows.IsEmpty && not t.Columns.IsEmpty))
                  |> List.length

              Expect.isGreaterThan kept 120 "pairs with surviving rows, of 200" ]
