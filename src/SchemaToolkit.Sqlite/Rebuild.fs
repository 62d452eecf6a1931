namespace SchemaToolkit

/// SQLite's rebuild (sqlite.org/lang_altertable.html, section 7): make the new table, copy, drop the old one, rename the
/// new one, put back what hung on it. Foreign keys must be off on the connection, or DROP TABLE deletes the children.
[<RequireQualifiedAccess>]
module internal Rebuild =
    let private q = SqliteName.quote

    /// A name with two separators: no declared object can have it.
    let private temporary (table: ObjectName) = SqliteName.render table + "__rebuilt"

    let private isNumbered (table: Table) = table.Columns |> List.exists _.Identity.IsSome

    /// Target column and the expression that fills it. Generated columns fill themselves; new ones take their default,
    /// row by row, by being left out.
    let private copied (rebuilt: RebuiltTable) : (string * string) list =
        rebuilt.After.Columns
        |> List.filter (fun c -> c.Generated.IsNone && not (rebuilt.Fresh.Contains c.Name))
        |> List.choose (fun c ->
            Table.tryColumn c.Name rebuilt.Before
            |> Option.map (fun before -> q c.Name, SqliteCast.expression before.Type c.Type (q c.Name)))

    /// Where not one column survives, the rows still do: any column of the new table then takes its default by name.
    let private anyDefault (table: Table) =
        table.Columns
        |> List.tryFind (fun c -> c.Generated.IsNone)
        |> Option.map (fun c ->
            let value =
                match c.Default, c.Identity with
                | Some value, None -> $"({SqliteRender.defaultText c.Type value})"
                | None, _
                | Some _, Some _ -> "NULL"

            q c.Name, value)
        |> Option.toList

    /// A key of one INTEGER column is the rowid itself.
    let private isRowId (table: Table) =
        match table.PrimaryKey with
        | Some { Columns = [ key ] } ->
            Table.tryColumn key table |> Option.exists (fun c -> SqliteStorage.storage c.Type = "INTEGER")
        | Some _
        | None -> false

    /// Rows keep their rowid where it is nobody's column: a full-text index over the table knows them by it.
    let private rowId (rebuilt: RebuiltTable) : (string * string) list =
        let isFree (name: string) =
            [ rebuilt.Before; rebuilt.After ]
            |> List.forall (fun t ->
                t.Columns
                |> List.forall (fun c -> not (c.Name.Equals(name, System.StringComparison.OrdinalIgnoreCase))))

        if rebuilt.Before.WithoutRowId || rebuilt.After.WithoutRowId || isRowId rebuilt.After then
            []
        else
            [ "rowid"; "_rowid_"; "oid" ]
            |> List.tryFind isFree
            |> Option.map (fun name -> name, name)
            |> Option.toList

    let private copy (rebuilt: RebuiltTable) =
        let target, source = temporary rebuilt.After.Name, SqliteName.quoted rebuilt.Before.Name

        let pairs =
            rowId rebuilt
            @ match copied rebuilt with
              | [] -> anyDefault rebuilt.After
              | found -> found

        let columns = pairs |> List.map fst |> String.concat ", "
        let values = pairs |> List.map snd |> String.concat ", "
        $"INSERT INTO {q target} ({columns})\nSELECT {values} FROM {source}"

    /// AUTOINCREMENT never gives an old number again: the counter moves with the table.
    let private sequence (rebuilt: RebuiltTable) =
        if isNumbered rebuilt.Before && isNumbered rebuilt.After then
            let target = SqliteStorage.literal (temporary rebuilt.After.Name)
            let source = SqliteStorage.literal (SqliteName.render rebuilt.Before.Name)

            [ $"DELETE FROM sqlite_sequence WHERE name = {target}"
              $"INSERT INTO sqlite_sequence (name, seq) SELECT {target}, seq FROM sqlite_sequence WHERE name = {source}" ]
        else
            []

    /// With the older rename, views and triggers that name the table are left as they are, and so are the foreign keys
    /// of other tables: they mean the name, which does not change.
    let private rename (table: ObjectName) =
        [ "PRAGMA legacy_alter_table = ON"
          $"ALTER TABLE {q (temporary table)} RENAME TO {SqliteName.quoted table}"
          "PRAGMA legacy_alter_table = OFF" ]

    let statements (enums: EnumType list) (attachments: Attachment list) (rebuilt: RebuiltTable) : string list =
        let table = rebuilt.After.Name
        let mine kind = attachments |> List.filter (fun a -> a.Kind = kind && a.Table = table) |> List.map _.Sql

        [ SqliteRender.createTableAs (temporary table) enums rebuilt.After
          copy rebuilt
          yield! sequence rebuilt
          $"DROP TABLE {SqliteName.quoted rebuilt.Before.Name}"
          yield! rename table
          yield! SqliteRender.indexes rebuilt.After
          yield! mine "index"
          yield! mine "trigger" ]
