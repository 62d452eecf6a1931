namespace SchemaToolkit

/// Virtual tables (sqlite.org/vtab.html) and the shadow tables that their modules keep their contents in: neither is ours to
/// read or to change.
[<RequireQualifiedAccess>]
module internal VirtualTables =
    let private fullText = [ "content"; "segments"; "segdir"; "docsize"; "stat" ]
    let private tree = [ "node"; "rowid"; "parent" ]

    /// Endings of the shadow tables of the modules that come with SQLite.
    let private shadows =
        Map.ofList
            [ "fts3", fullText
              "fts4", fullText
              "fts5", [ "data"; "idx"; "content"; "docsize"; "config" ]
              "rtree", tree
              "rtree_i32", tree
              "geopoly", tree ]

    let private same (a: string) (b: string) = a.Equals(b, System.StringComparison.OrdinalIgnoreCase)

    /// The module of a `CREATE VIRTUAL TABLE` text.
    let tryModule (sql: string) : string option =
        let tokens = SqliteTokens.read sql

        if
            tokens.Length > 5
            && SqliteTokens.isWordOf "VIRTUAL" tokens[1]
            && SqliteTokens.isWordOf "USING" tokens[4]
        then
            Some tokens[5].Value
        else
            None

    /// Of a module that is not known, whatever is named after its table is its own, but for STRICT tables such as ours.
    let private isShadowOf (name: string) (moduleName: string) (table: string) (isStrict: unit -> bool) =
        match shadows.TryFind(moduleName.ToLowerInvariant()) with
        | Some endings -> endings |> List.exists (fun ending -> same table $"{name}_{ending}")
        | None -> table.StartsWith(name + "_", System.StringComparison.OrdinalIgnoreCase) && not (isStrict ())

    /// Each virtual table with its module and its shadow tables, by name.
    let find (tables: (string * string) list) : (string * string * string list) list =
        let isStrict sql () = TableText.tryParse sql |> Option.exists _.Strict

        tables
        |> List.choose (fun (name, sql) ->
            tryModule sql
            |> Option.map (fun moduleName ->
                let own =
                    tables
                    |> List.filter (fun (table, sql) -> isShadowOf name moduleName table (isStrict sql))
                    |> List.map fst

                name, moduleName, own))
