#load "mutant.fsx"

open Mutant

// Faults in the pure diff: its order, its renames, its canonical form, what it leaves out.

let private fault name file find replace =
    { Name = name
      Project = "SchemaToolkit.Core"
      File = file
      Find = find
      Replace = replace
      Finders = [ "laws"; "6000" ] }

let faults =
    [ fault
          "rename hints are ignored"
          "Diff/Renames.fs"
          "if existing.Contains name then None else ⟦hints |> List.tryFind existing.Contains⟧"
          "None"
      fault
          "a renamed column is lost in the keys that point to it"
          "Steps/Rename.fs"
          "⟦{ fk with TargetColumns = List.map rename fk.TargetColumns }⟧"
          "fk"
      fault
          "the inverse of a column's rename renames the wrong way"
          "Steps/Invert.fs"
          "Step.RenameColumn(table, column, newName) -> ⟦Step.RenameColumn(table, newName, column)⟧"
          "Step.RenameColumn(table, column, newName)"
      fault
          "nothing waits for what was used by a thing that goes"
          "Diff/Graph.fs"
          "for destroyer in destroyers key do\n                    ⟦before i destroyer⟧"
          "()"
      fault
          "nothing waits for what it needs"
          "Diff/Graph.fs"
          "for key in edge.Needs do\n                for creator in creators key do\n                    ⟦before creator i⟧"
          "()"
      fault
          "a foreign key stays while its columns change their types"
          "Diff/Impact.fs"
          "⟦anyOf impact.Retyped table.Name fk.Columns⟧\n            || Uses.referenced"
          "false"
      fault
          "a foreign key stays while the key it points at is made anew"
          "Diff/Impact.fs"
          "⟦Uses.referenced from fk.Target fk.TargetColumns |> List.exists impact.LostKeys.Contains⟧"
          "false"
      fault
          "a computed column stays while the type of its source changes"
          "Diff/Impact.fs"
          "⟦replaced.Contains(table, used) || retyped.Contains(table, used)⟧"
          "replaced.Contains(table, used)"
      fault
          "a policy stays while the type of its column changes"
          "Diff/Impact.fs"
          "⟦anyOf impact.Retyped table.Name used⟧"
          "false"
      fault
          "a default is not put back after a change of type"
          "Diff/Columns.fs"
          "if ⟦b.Default.IsSome⟧ then\n              { Step = Step.ChangeDefault(before.Name, a.Name, None, b.Default)"
          "b.Default.IsSome && a.Default.IsNone"
      fault
          "NOT NULL is never given up"
          "Diff/Columns.fs"
          "if ⟦a.Nullable <> b.Nullable⟧ then"
          "a.Nullable && not b.Nullable"
      fault
          "a column becomes nullable while it is an identity"
          "Diff/Columns.fs"
          "(if b.Identity.IsNone then\n                       ⟦[ Key.Nullability(table, name); Key.Type(table, name) ]⟧"
          "[]"
      fault
          "a comment is never taken away"
          "Diff/Columns.fs"
          "if ⟦a.Comment <> b.Comment⟧ then"
          "b.Comment.IsSome && a.Comment <> b.Comment"
      fault
          "a constraint that changes behind its name is not seen"
          "Diff/Constraints.fs"
          "| Some c when ⟦c <> old⟧ || dragged old ->"
          "false"
      fault
          "only the columns of an index are compared"
          "Diff/Indexes.fs"
          "| Some i when ⟦i <> old⟧ || dragged old ->"
          "i.Parts <> old.Parts"
      fault
          "an index takes a name that is still in use"
          "Diff/Indexes.fs"
          "⟦not (relations.Contains { before.Name with Name = i.Name })⟧"
          "true"
      fault
          "the foreign keys of a table that goes are left to it"
          "Diff/Tables.fs"
          "yield! ⟦foreignKeys |> List.map (Constraints.drop from table)⟧ ]"
          "[]"
      fault
          "a table that goes takes foreign keys along that have gone before"
          "Diff/Tables.fs"
          "ForeignKeys = ⟦table.ForeignKeys |> List.filter (fun fk -> fk.Target = table.Name)⟧ }"
          "table.ForeignKeys"
      fault
          "enum values in another order count as added"
          "Diff/Enums.fs"
          "⟦after.Values |> List.filter (fun v -> List.contains v before.Values) <> before.Values⟧"
          "before.Values |> List.exists (fun v -> not (List.contains v after.Values))"
      fault
          "a changed policy is not seen"
          "Diff/Policies.fs"
          "| Some policy when ⟦policy <> old⟧ || Impact.dragsPolicy"
          "false"
      fault
          "the order of declared checks counts"
          "Canonical/Normalise.fs"
          "Checks = ⟦t.Checks |> List.map check |> byName _.Name⟧"
          "t.Checks |> List.map check"
      fault
          "renames follow the order of declaration"
          "Diff/Renames.fs"
          "target.Tables\n        |> List.sortBy ⟦_.Name⟧\n        |> List.tryPick (fun table ->\n            let names"
          "fun _ -> ObjectName.relative \"\""
      fault
          "an equal table that refers to a changed one is left out"
          "Diff/Unchanged.fs"
          "⟦withUsers a b touched names⟧"
          "()"
      fault
          "a namespace with nothing but equal tables is not known to be there"
          "Diff/Unchanged.fs"
          "if ⟦count > (counts.TryFind ns |> Option.defaultValue 0)⟧ then"
          "false"
      fault
          "an equal table with a column of a changed enum is left out"
          "Diff/Unchanged.fs"
          "withUsers a b (⟦differingEnums from target⟧) names"
          "[]"
      fault
          "a table that only disappears is left out"
          "Diff/Unchanged.fs"
          "| true, after when TableContent.areEqual before after -> ()\n            | _ -> ⟦names.Add name |> ignore⟧"
          "if b.Tables.ContainsKey name then names.Add name |> ignore"
      fault
          "the hash of a table forgets its indexes"
          "Diff/TableContent.fs"
          "⟦Canonical.hashOf { table with Shared = false }⟧"
          "Canonical.hashOf { table with Shared = false; Indexes = [] }" ]
