namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Generators of views and triggers over the tables of a schema; what does not fit is left out by `Repair`.
[<RequireQualifiedAccess>]
module GenObject =
    open GenColumn

    let private named (name: string) body : SchemaObject =
        { Name = ObjectName.create Profile.ns name
          Part = ""
          Body = body
          Comment = None
          OnlyOn = [] }

    /// Views over the views that are there.
    let private overViews (schema: Schema) : ObjectShape list =
        [ for o in schema.Objects do
              match ObjectShape.ofObject o |> Option.map ObjectShape.columns with
              | Some(_, first :: _) when o.Kind = ObjectKind.View -> ObjectShape.Columns(o.Name, [ first ])
              | Some _
              | None -> () ]

    let private view (schema: Schema) : Gen<SchemaObject> =
        gen {
            let! name = Gen.elements Profile.viewNames
            let! t = Gen.elements schema.Tables
            let! other = Gen.elements schema.Tables
            let below = overViews schema
            let! columns = someOf 1 3 (t.Columns |> List.map _.Name)

            let! shape =
                Gen.frequency
                    [ 4, Gen.constant (ObjectShape.Columns(t.Name, columns))
                      2, Gen.constant (ObjectShape.NotNull(t.Name, columns.Head))
                      2, Gen.constant (ObjectShape.Count t.Name)
                      2, Gen.constant (ObjectShape.Product(t.Name, columns.Head, other.Name))
                      if not below.IsEmpty then
                          4, Gen.elements below ]

            let! comment = comment

            return
                { named name (ObjectBody.View(ObjectShape.build shape, [])) with
                    Comment = comment }
        }

    let private trigger (schema: Schema) : Gen<SchemaObject> =
        gen {
            let! name = Gen.elements Profile.triggerNames
            let! t = Gen.elements schema.Tables
            let! other = Gen.elements schema.Tables
            let! own = Gen.elements t.Columns
            let! theirs = Gen.elements other.Columns

            let! shape =
                Gen.elements
                    [ ObjectShape.OnUpdate(t.Name, own.Name); ObjectShape.OnDelete(t.Name, other.Name, theirs.Name) ]

            return
                { Name = t.Name
                  Part = name
                  Body = ObjectBody.Trigger(ObjectShape.build shape)
                  Comment = None
                  OnlyOn = [] }
        }

    /// A view or a trigger, of a schema that has a table.
    let object (schema: Schema) : Gen<SchemaObject> = Gen.frequency [ 3, view schema; 2, trigger schema ]
