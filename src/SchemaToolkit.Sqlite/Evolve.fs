namespace SchemaToolkit

/// The live state while steps run. As `Apply.step`, but on a catalog's schema, whose texts are renditions: what a step
/// says was there before is not compared, and a rename reaches into the texts as SQLite's own does.
[<RequireQualifiedAccess>]
module internal Evolve =
    let private mapTexts (f: string -> string) (t: Table) : Table =
        let text (sql: SqlText) =
            match SqlText.forEngine "sqlite" sql with
            | Some fragments ->
                fragments
                |> List.map (function
                    | SqlFragment.Text text -> SqlFragment.Text(f text)
                    | SqlFragment.Column _
                    | SqlFragment.Table _ as hole -> hole)
                |> SqlText.Portable
            | None -> sql

        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Expression sql -> { p with Target = IndexTarget.Expression(text sql) }
            | IndexTarget.Column _ -> p

        { t with
            Columns =
                t.Columns
                |> List.map (fun c ->
                    { c with
                        Generated = c.Generated |> Option.map (fun g -> { g with Expression = text g.Expression }) })
            Checks = t.Checks |> List.map (fun c -> { c with Expression = text c.Expression })
            Indexes =
                t.Indexes
                |> List.map (fun i -> { i with Parts = List.map part i.Parts; Where = Option.map text i.Where }) }

    let private onTable (name: ObjectName) (f: Table -> Table) (schema: Schema) =
        { schema with
            Tables = schema.Tables |> List.map (fun t -> if t.Name = name then f t else t) }

    /// The schema after a step. A step that does not fit is a plan made for another database.
    let step (step: Step) (schema: Schema) : Schema =
        let applied (adjusted: Step) (schema: Schema) =
            match Apply.step adjusted schema with
            | Ok after -> after
            | Error message ->
                invalidOp $"The step '{Describe.step step}' does not fit the database: {message}. Plan again."

        match step with
        | Step.ChangeDefault(table, column, _, after) ->
            schema
            |> onTable table (fun t ->
                { t with
                    Columns =
                        t.Columns |> List.map (fun c -> if c.Name = column then { c with Default = after } else c) })
        | Step.RenameColumn(table, column, newName) ->
            schema |> applied step |> onTable table (mapTexts (SqliteTokens.rename column newName))
        | Step.RenameTable(table, newName) ->
            let target = { table with Name = newName }
            let rename = SqliteTokens.rename (SqliteName.render table) (SqliteName.render target)
            let after = applied step schema
            { after with Tables = List.map (mapTexts rename) after.Tables }
        // SQLite keeps neither.
        | Step.ChangeComment _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _ -> schema
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.CreateTable _
        | Step.DropTable _
        | Step.AddColumn _
        | Step.DropColumn _
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeIdentity _
        | Step.AddConstraint _
        | Step.DropConstraint _
        | Step.RenameConstraint _
        | Step.CreateIndex _
        | Step.DropIndex _
        | Step.RenameIndex _
        | Step.ChangeWithoutRowId _ -> applied step schema
        | Step.CreateObject _ -> applied step schema
        // Drops come before renames here: the name in the file is the same on both sides of one.
        | Step.DropObject object ->
            let isIt (other: SchemaObject) =
                other.Kind = object.Kind && RenderObject.fileName other.Key = RenderObject.fileName object.Key

            { schema with Objects = schema.Objects |> List.filter (isIt >> not) }
        | Step.ReplaceObject(before, after) ->
            { schema with
                Objects = schema.Objects |> List.map (fun o -> if o.Key = before.Key then after else o) }

    /// Triggers named as ours are objects of the schema, whose steps say when they go and come.
    let private isNamedAsOurs (a: Attachment) =
        a.Kind = "trigger" && (SqliteName.parse a.Name).Namespace = a.Table.Namespace

    /// What a step does to what hangs on tables and views. Triggers with a name of their own stay in the list when their
    /// view goes: they are put back when it comes.
    let attachments (step: Step) (found: Attachment list) : Attachment list =
        let ofTable table (f: Attachment -> Attachment) =
            found |> List.map (fun a -> if a.Kind <> "view" && a.Table = table then f a else a)

        match step with
        | Step.RenameColumn(table, column, newName) ->
            ofTable table (fun a -> { a with Sql = SqliteTokens.rename column newName a.Sql })
        | Step.RenameTable(table, newName) ->
            let target = { table with Name = newName }
            let rename = SqliteTokens.rename (SqliteName.render table) (SqliteName.render target)

            found
            |> List.map (fun a ->
                { a with
                    Table = if a.Table = table then target else a.Table
                    Sql = rename a.Sql })
        | Step.DropTable table -> found |> List.filter (fun a -> a.Kind = "view" || a.Table <> table.Name)
        | Step.CreateObject object -> found @ [ RenderObject.attachment object ]
        | Step.DropObject object ->
            found
            |> List.filter (fun a ->
                let withView = object.Kind = ObjectKind.View && a.Table = object.Key.Name && isNamedAsOurs a

                not (withView || RenderObject.isAttachment object.Key a))
        | Step.ReplaceObject(_, after) ->
            found
            |> List.map (fun a ->
                if RenderObject.isAttachment after.Key a then
                    RenderObject.attachment after
                else
                    a)
        | Step.CreateNamespace _
        | Step.DropNamespace _
        | Step.CreateEnum _
        | Step.DropEnum _
        | Step.RenameEnum _
        | Step.AddEnumValues _
        | Step.ReplaceEnum _
        | Step.CreateTable _
        | Step.AddColumn _
        | Step.DropColumn _
        | Step.ChangeType _
        | Step.ChangeCollation _
        | Step.ChangeNullability _
        | Step.ChangeDefault _
        | Step.ChangeIdentity _
        | Step.AddConstraint _
        | Step.DropConstraint _
        | Step.RenameConstraint _
        | Step.CreateIndex _
        | Step.DropIndex _
        | Step.RenameIndex _
        | Step.ChangeRowSecurity _
        | Step.CreatePolicy _
        | Step.DropPolicy _
        | Step.ChangeWithoutRowId _
        | Step.ChangeComment _ -> found
