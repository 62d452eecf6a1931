module SchemaToolkit.Tests.Objects.ObjectUsesTests

open System.Runtime.CompilerServices
open Expecto
open SchemaToolkit
open SchemaToolkit.Diffing

let private id = Column.integer "id"
let private seen = Column.integer "seen"

let private schema (columns: ColumnHandle list) (definition: string) =
    let visits = Table.define "visits" columns |> Table.primaryKey [ id ]

    Schema.forPlugin "visits" [ visits ]
    |> Schema.withObjects [ Function.define "last" (FormattableStringFactory.Create(definition, [||])) ]

/// How many objects must go and come back when a column of the table goes.
let private lost (definition: string) =
    let before, after = schema [ id; seen ] definition, schema [ id ] definition
    let touched = Set.singleton (before.Tables.Head.Name, "seen")
    (ObjectUses.lost before after Renamed.none Set.empty touched Set.empty).Count

let private cases =
    [ "a body in another language",
      "() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(seen) FROM visits); END $$",
      0
      "a body between quotes",
      "() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(seen) FROM visits); END'",
      0
      "a body in SQL, kept as text", "() RETURNS integer LANGUAGE sql AS $$ SELECT max(seen) FROM visits $$", 0
      "a word in a default, a comment and a name",
      "(\"return\" text DEFAULT 'return' /* return */) RETURNS integer LANGUAGE sql AS $$ SELECT max(seen) FROM visits $$",
      0
      "an expression that is returned", "() RETURNS integer LANGUAGE sql RETURN (SELECT max(seen) FROM visits)", 1
      "statements that the engine keeps", "() RETURNS integer BEGIN ATOMIC SELECT max(seen) FROM visits; END", 1 ]

[<Tests>]
let tests =
    testList
        "a routine goes with a column that its body uses only where the engine knows of it"
        [ for name, definition, expected in cases do
              testCase name (fun () -> Expect.equal (lost definition) expected definition) ]
