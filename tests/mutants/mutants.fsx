// Faults put into the diff by hand. Each must be caught by a law; `find` must stand in the file exactly once.

type Mutant =
    {
        Name: string
        /// Below src/SchemaToolkit.Core.
        File: string
        Find: string
        Replace: string
    }

let private mutant name file find replace = { Name = name; File = file; Find = find; Replace = replace }

let mutants =
    [ mutant
          "rename hints are ignored"
          "Diff/Renames.fs"
          "if existing.Contains name then None else hints |> List.tryFind existing.Contains"
          "if existing.Contains name then None else hints |> List.tryFind (fun _ -> false)"
      mutant
          "a renamed column is lost in the keys that point to it"
          "Steps/Rename.fs"
          "{ fk with TargetColumns = List.map rename fk.TargetColumns }"
          "fk"
      mutant
          "the inverse of a column's rename renames the wrong way"
          "Steps/Invert.fs"
          "Step.RenameColumn(table, column, newName) -> Step.RenameColumn(table, newName, column)"
          "Step.RenameColumn(table, column, newName) -> Step.RenameColumn(table, column, newName)"
      mutant
          "nothing waits for what was used by a thing that goes"
          "Diff/Graph.fs"
          "for destroyer in destroyers key do\n                    before i destroyer"
          "for destroyer in destroyers key do\n                    ignore destroyer"
      mutant
          "nothing waits for what it needs"
          "Diff/Graph.fs"
          "for key in edge.Needs do\n                for creator in creators key do\n                    before creator i"
          "for key in edge.Needs do\n                for creator in creators key do\n                    ignore creator"
      mutant
          "a foreign key stays while the types of its columns change"
          "Diff/Impact.fs"
          "|| anyOf impact.Retyped table.Name fk.Columns\n            || anyOf impact.Retyped fk.Target fk.TargetColumns\n"
          ""
      mutant
          "a foreign key stays while the key it points at is made anew"
          "Diff/Impact.fs"
          "|| Uses.referenced from fk.Target fk.TargetColumns |> List.exists impact.LostKeys.Contains"
          ""
      mutant
          "a computed column stays while the type of its source changes"
          "Diff/Impact.fs"
          "replaced.Contains(table, used) || retyped.Contains(table, used)"
          "replaced.Contains(table, used)"
      mutant
          "a policy stays while the type of its column changes"
          "Diff/Impact.fs"
          "anyOf impact.Replaced table.Name used || anyOf impact.Retyped table.Name used"
          "anyOf impact.Replaced table.Name used"
      mutant
          "a default is not put back after a change of type"
          "Diff/Columns.fs"
          "if b.Default.IsSome then\n              { Step = Step.ChangeDefault(before.Name, a.Name, None, b.Default)"
          "if b.Default.IsSome && a.Default.IsNone then\n              { Step = Step.ChangeDefault(before.Name, a.Name, None, b.Default)"
      mutant
          "NOT NULL is never given up"
          "Diff/Columns.fs"
          "if a.Nullable <> b.Nullable then"
          "if a.Nullable && not b.Nullable then"
      mutant
          "a column becomes nullable while it is an identity"
          "Diff/Columns.fs"
          "(if b.Identity.IsNone then\n                       [ Key.Nullability(table, name); Key.Type(table, name) ]"
          "(if b.Identity.IsNone then\n                       []"
      mutant
          "a comment is never taken away"
          "Diff/Columns.fs"
          "if a.Comment <> b.Comment then"
          "if b.Comment.IsSome && a.Comment <> b.Comment then"
      mutant
          "a constraint that changes behind its name is not seen"
          "Diff/Constraints.fs"
          "| Some c when c <> old || dragged old ->"
          "| Some c when dragged old ->"
      mutant
          "only the columns of an index are compared"
          "Diff/Indexes.fs"
          "| Some i when i <> old || dragged old ->"
          "| Some i when i.Parts <> old.Parts || dragged old ->"
      mutant
          "an index takes a name that is still in use"
          "Diff/Indexes.fs"
          "&& not (relations.Contains { before.Name with Name = i.Name })"
          ""
      mutant
          "the foreign keys of a table that goes are left to it"
          "Diff/Tables.fs"
          "yield! foreignKeys |> List.map (Constraints.drop from table) ]"
          "yield! foreignKeys |> List.filter (fun _ -> false) |> List.map (Constraints.drop from table) ]"
      mutant
          "enum values in another order count as added"
          "Diff/Enums.fs"
          "after.Values |> List.filter (fun v -> List.contains v before.Values) <> before.Values"
          "before.Values |> List.exists (fun v -> not (List.contains v after.Values))"
      mutant
          "a changed policy is not seen"
          "Diff/Policies.fs"
          "| Some policy when policy <> old || Impact.dragsPolicy impact before old ->"
          "| Some policy when Impact.dragsPolicy impact before old ->"
      mutant
          "the order of declared checks counts"
          "Canonical/Normalise.fs"
          "Checks = t.Checks |> List.map check |> byName _.Name"
          "Checks = t.Checks |> List.map check" ]
