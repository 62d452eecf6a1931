namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Steps of objects as statements. Pure.
[<RequireQualifiedAccess>]
module internal LowerObject =
    /// What the names are that privileges may be on.
    let kinds (schema: Schema) : ObjectName -> ObjectKind option =
        let known =
            schema.Objects
            |> List.filter (fun o -> (SchemaObject.parent o).IsNone || SchemaObject.isNamed o)
            |> List.map (fun o -> o.Key.Name, o.Kind)
            |> Map.ofList

        known.TryFind

    let private alterDomain (name: ObjectName) action = $"ALTER DOMAIN {Quote.object name} {action}"

    let private domain (name: ObjectName) (_, notNullA, valueA, checksA) (_, notNullB, valueB, checksB) =
        [ for check: DomainCheck in checksA do
              if not (List.contains check checksB) then
                  alterDomain name $"DROP CONSTRAINT {Quote.name check.Name}"
          if valueA <> valueB then
              match valueB with
              | Some sql -> alterDomain name $"SET DEFAULT ({Render.text sql})"
              | None -> alterDomain name "DROP DEFAULT"
          if notNullA <> notNullB then
              alterDomain name (if notNullB then "SET NOT NULL" else "DROP NOT NULL")
          for check in checksB do
              if not (List.contains check checksA) then
                  alterDomain name $"ADD {RenderObject.domainCheck check}" ]

    /// Attributes that differ in type change it; the others go and come. What stands in another place stays where it is.
    let private composite
        extensions
        (name: ObjectName)
        (before: CompositeAttribute list)
        (after: CompositeAttribute list)
        =
        let alter action = $"ALTER TYPE {Quote.object name} {action}"
        let named name (list: CompositeAttribute list) = list |> List.tryFind (fun a -> a.Name = name)

        [ for a in before do
              if (named a.Name after).IsNone then
                  alter $"DROP ATTRIBUTE {Quote.name a.Name}"
          for b in after do
              match named b.Name before with
              | None -> alter $"ADD ATTRIBUTE {RenderObject.attribute extensions b}"
              | Some a when a.Type <> b.Type ->
                  alter $"ALTER ATTRIBUTE {Quote.name b.Name} TYPE {PgType.render extensions b.Type}"
              | Some _ -> () ]

    let private indexes extensions (view: ObjectName) (before: IndexDef list) (after: IndexDef list) =
        [ for index in before do
              if not (List.contains index after) then
                  $"DROP INDEX {Quote.object { view with Name = index.Name }}"
          for index in after do
              if not (List.contains index before) then
                  Render.createIndex extensions view index ]

    /// Partitions of a table exchange their bounds only when all that change are detached first.
    let private bounds (table: ObjectName) (name: ObjectName) (bound: SqlText) (earlier: Step list) (later: Step list) =
        let changes step =
            match step with
            | Step.ReplaceObject({ Body = ObjectBody.Partition(parent, a) } as before,
                                 { Body = ObjectBody.Partition(_, b) }) when parent = table && a <> b ->
                Some before.Key.Name
            | _ -> None

        [ if earlier |> List.forall (fun step -> (changes step).IsNone) then
              for partition in name :: List.choose changes later do
                  $"ALTER TABLE {Quote.object table} DETACH PARTITION {Quote.object partition}"
          $"ALTER TABLE {Quote.object table} ATTACH PARTITION {Quote.object name} {Render.text bound}" ]

    let private change extensions kindOf (before: SchemaObject) (after: SchemaObject) earlier later : string list =
        let name = after.Key.Name

        match before.Body, after.Body with
        | ObjectBody.Function _, ObjectBody.Function definition ->
            [ $"CREATE OR REPLACE FUNCTION {Quote.object name}{Render.text definition}" ]
        | ObjectBody.Procedure _, ObjectBody.Procedure definition ->
            [ $"CREATE OR REPLACE PROCEDURE {Quote.object name}{Render.text definition}" ]
        | ObjectBody.Sequence a, ObjectBody.Sequence b ->
            [ if { a with OwnedBy = None } <> { b with OwnedBy = None } then
                  RenderObject.alterSequence extensions name b
              if a.OwnedBy <> b.OwnedBy then
                  RenderObject.owner name b.OwnedBy ]
        | ObjectBody.Domain(a, b, c, d), ObjectBody.Domain(e, f, g, h) -> domain name (a, b, c, d) (e, f, g, h)
        | ObjectBody.Composite a, ObjectBody.Composite b -> composite extensions name a b
        | ObjectBody.MaterializedView(_, a), ObjectBody.MaterializedView(_, b) -> indexes extensions name a b
        | ObjectBody.Partition _, ObjectBody.Partition(table, bound) -> bounds table name bound earlier later
        | ObjectBody.Grant a, ObjectBody.Grant b ->
            [ match List.except b a with
              | [] -> ()
              | gone -> RenderObject.revoke kindOf after.Key gone
              match List.except a b with
              | [] -> ()
              | added -> RenderObject.grant kindOf after.Key added ]
        | _ -> invalidOp $"{after.Key} cannot be changed in place; the diff drops it and makes it again."

    /// `earlier` and `later` are the steps around it.
    let replace
        (extensions: Extensions)
        (kindOf: ObjectName -> ObjectKind option)
        (before: SchemaObject)
        (after: SchemaObject)
        (earlier: Step list)
        (later: Step list)
        : string list =
        [ if before.Body <> after.Body then
              yield! change extensions kindOf before after earlier later
          if before.Comment <> after.Comment then
              RenderObject.comment after ]
