#load "mutant.fsx"

open Mutant

// Faults in what SQLite is told.

let private fault name file find replace =
    { Name = name
      Project = "SchemaToolkit.Sqlite"
      File = file
      Find = find
      Replace = replace
      Finders = [ "sqlite"; "200" ] }

let faults =
    [ fault
          "an index that descends is made to ascend"
          "Render.fs"
          "⟦if part.Descending then \" DESC\" else \"\"⟧"
          "\"\""
      fault
          "NOT NULL is left out where there is a default"
          "Render.fs"
          "if ⟦not c.Nullable⟧ then"
          "not c.Nullable && c.Default.IsNone"
      fault "SET NULL becomes SET DEFAULT" "Render.fs" "⟦$\" ON {kind} SET NULL\"⟧" "$\" ON {kind} SET DEFAULT\""
      fault
          "what happens on update is what happens on delete"
          "Render.fs"
          "action \"UPDATE\" ⟦fk.OnUpdate⟧"
          "fk.OnDelete"
      fault
          "a deferred foreign key is checked at once"
          "Render.fs"
          "⟦\" DEFERRABLE INITIALLY DEFERRED\"⟧"
          "\" DEFERRABLE INITIALLY IMMEDIATE\""
      fault "a partial index covers the whole table" "Render.fs" "| Some sql -> ⟦$\" WHERE {text sql}\"⟧" "\"\""
      fault
          "a stored column is computed when read"
          "Render.fs"
          "⟦if generated.Stored then \"STORED\" else \"VIRTUAL\"⟧"
          "\"VIRTUAL\""
      fault
          "unique constraints of a table are forgotten"
          "Render.fs"
          "yield! ⟦table.Uniques |> List.map (unique table.Name)⟧"
          "[]"
      fault "checks of a table are forgotten" "Render.fs" "yield! ⟦table.Checks |> List.map check⟧" "[]"
      fault
          "a rebuild copies the first row alone"
          "Rebuild.fs"
          "temporary rebuilt.After.Name, ⟦SqliteName.quoted rebuilt.Before.Name⟧"
          "SqliteName.quoted rebuilt.Before.Name + \" LIMIT 1\""
      fault "a rebuild loses the indexes" "Rebuild.fs" "yield! ⟦SqliteRender.indexes rebuilt.After⟧" "[]"
      fault
          "NOT NULL is given up instead of taken on"
          "Lower.fs"
          "⟦if after then \"DROP\" else \"SET\"⟧"
          "if after then \"SET\" else \"DROP\"" ]
