namespace SchemaToolkit.Diffing

open System.Collections.Generic
open System.Runtime.CompilerServices
open SchemaToolkit

/// The tables of a schema by name, with what refers to what: made once for each list of tables.
type private TableIndex =
    {
        Tables: Dictionary<ObjectName, Table>
        /// Tables with a foreign key to a table, and those with columns of an enum.
        Users: Dictionary<ObjectName, List<ObjectName>>
        /// How many tables each namespace has.
        Namespaces: Dictionary<string, int>
        /// No name stands twice.
        IsSound: bool
    }

/// Two schemas without what is equal on both sides and untouched by what is not.
type Reduced =
    {
        From: Schema
        Target: Schema
        /// Namespaces of what was left out: both sides have them.
        Namespaces: Set<string>
    }

/// Leaves out of two schemas the tables that are equal on both sides, so that the rest of the diff never looks at them.
/// Equal tables stay where a change may reach them: those that refer to a changed table or use a changed enum.
[<RequireQualifiedAccess>]
module Unchanged =
    let private indexes = ConditionalWeakTable<Table list, TableIndex>()

    let private add (users: Dictionary<ObjectName, List<ObjectName>>) used user =
        match users.TryGetValue used with
        | true, others -> others.Add user
        | false, _ -> users[used] <- List [ user ]

    let private makeIndex (tables: Table list) : TableIndex =
        let byName, users, namespaces = Dictionary(), Dictionary(), Dictionary()
        let mutable sound = true

        for table in tables do
            sound <- byName.TryAdd(table.Name, table) && sound

            namespaces[table.Name.Namespace] <-
                1
                + (match namespaces.TryGetValue table.Name.Namespace with
                   | true, count -> count
                   | false, _ -> 0)

            for fk in table.ForeignKeys do
                if fk.Target <> table.Name then
                    add users fk.Target table.Name

            for column in table.Columns do
                ColumnType.enumName column.Type |> Option.iter (fun enum -> add users enum table.Name)

        { Tables = byName; Users = users; Namespaces = namespaces; IsSound = sound }

    let private index (tables: Table list) =
        match indexes.TryGetValue tables with
        | true, known -> known
        | _ ->
            let made = makeIndex tables
            indexes.AddOrUpdate(tables, made)
            made

    /// Names of tables that differ, appear, disappear, or are an earlier name of one that does.
    let private differing (a: TableIndex) (b: TableIndex) : HashSet<ObjectName> =
        let names = HashSet<ObjectName>()

        for KeyValue(name, before) in a.Tables do
            match b.Tables.TryGetValue name with
            | true, after when TableContent.areEqual before after -> ()
            | _ -> names.Add name |> ignore

        for KeyValue(name, _) in b.Tables do
            if not (a.Tables.ContainsKey name) then
                names.Add name |> ignore

        for name in List.ofSeq names do
            match b.Tables.TryGetValue name with
            | true, after ->
                for earlier in after.RenamedFrom do
                    names.Add { name with Name = earlier } |> ignore
            | false, _ -> ()

        names

    let private differingEnums (from: Schema) (target: Schema) : ObjectName list =
        let tidied (schema: Schema) = schema.Enums |> List.map Normalise.enum
        let before, after = tidied from, tidied target

        if before = after then
            []
        else
            List.except after before @ List.except before after |> List.map _.Name

    let private withUsers (a: TableIndex) (b: TableIndex) (used: ObjectName seq) (names: HashSet<ObjectName>) =
        for name in List.ofSeq used do
            for side in [ a; b ] do
                match side.Users.TryGetValue name with
                | true, users -> names.UnionWith users
                | false, _ -> ()

    /// Whether views, functions and the like may meet a changed table. A word of a text that is its name counts.
    let private objectsMeet (from: Schema) (target: Schema) (names: HashSet<ObjectName>) =
        let words = names |> Seq.map _.Name |> HashSet |> List

        let meets (object: SchemaObject) =
            words.Contains object.Key.Name.Name
            || SchemaObject.parent object |> Option.exists (fun parent -> words.Contains parent.Name)
            || SchemaObject.texts object
               |> List.exists (fun (_, sql) ->
                   SqlText.tables sql |> List.exists (fun table -> words.Contains table.Name)
                   || words.Exists(Uses.naming (SqlText.describe sql)))

        from.Objects <> target.Objects || from.Objects |> List.exists meets

    let private only (tables: Dictionary<ObjectName, Table>) (names: HashSet<ObjectName>) =
        [ for name in names do
              match tables.TryGetValue name with
              | true, table -> table
              | false, _ -> () ]

    /// Those that have a table left out, and those of the objects.
    let private namespacesLeft (a: TableIndex) (kept: Table list) (objects: SchemaObject list) =
        let counts = kept |> List.countBy _.Name.Namespace |> Map.ofList

        [ for KeyValue(ns, count) in a.Namespaces do
              if count > (counts.TryFind ns |> Option.defaultValue 0) then
                  ns
          for object in objects do
              if object.Key.Kind <> ObjectKind.Extension then
                  object.Key.Name.Namespace ]
        |> Set.ofList

    let private whole (from: Schema) (target: Schema) : Reduced =
        { From = from; Target = target; Namespaces = Set.empty }

    /// Schemas that are equal leave nothing. Where views or functions differ or meet a change, all stays.
    let without (from: Schema) (target: Schema) : Reduced =
        let a, b = index from.Tables, index target.Tables

        if not (a.IsSound && b.IsSound) then
            whole from target
        else
            let names = differing a b
            withUsers a b (differingEnums from target) names
            let touched = List.ofSeq names
            withUsers a b touched names

            if not (from.Objects.IsEmpty && target.Objects.IsEmpty) && objectsMeet from target names then
                whole from target
            else
                let kept = only a.Tables names

                { From = { from with Tables = kept; Objects = [] }
                  Target = { target with Tables = only b.Tables names; Objects = [] }
                  Namespaces = namespacesLeft a kept from.Objects }
