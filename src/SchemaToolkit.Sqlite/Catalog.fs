namespace SchemaToolkit

open System
open System.Data.Common
open System.Security.Cryptography
open System.Text
open System.Threading
open System.Threading.Tasks

/// Reads a file's catalog: one query over `sqlite_schema`, whatever the number of tables; the rest is pure.
[<RequireQualifiedAccess>]
module SqliteCatalog =
    let private query =
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
        + "WHERE substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid"

    let private rows (connection: DbConnection) (cancellation: CancellationToken) : Task<SchemaRow list> =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- query
            use! reader = command.ExecuteReaderAsync cancellation
            let found = ResizeArray<SchemaRow>()
            let mutable more = true

            while more do
                let! next = reader.ReadAsync cancellation
                more <- next

                if more then
                    found.Add
                        { Kind = reader.GetString 0
                          Name = reader.GetString 1
                          Table = reader.GetString 2
                          Sql = reader.GetString 3 }

            return List.ofSeq found
        }

    let private fingerprintOf (namespaces: string list) (rows: SchemaRow list) =
        let wanted (name: string) = List.contains (SqliteName.parse name).Namespace namespaces

        let text =
            rows
            |> List.filter (fun r -> wanted r.Name || wanted r.Table)
            |> List.sortBy (fun r -> r.Kind, r.Name)
            |> List.map (fun r -> $"{r.Kind}\000{r.Name}\000{r.Table}\000{r.Sql}\000")
            |> String.concat ""

        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))

    /// A digest of the DDL in the namespaces; another plugin's tables do not move it, and neither does VACUUM.
    let fingerprint
        (connection: DbConnection)
        (namespaces: string list)
        (cancellation: CancellationToken)
        : Task<string> =
        task {
            let! found = rows connection cancellation
            return fingerprintOf namespaces found
        }

    /// A view that is broken already is not ours to complain about.
    let private compiles (connection: DbConnection) (view: Attachment) (cancellation: CancellationToken) : Task<bool> =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- $"SELECT 1 FROM {SqliteName.quote view.Name} LIMIT 0"

            try
                let! _ = command.ExecuteNonQueryAsync cancellation
                return true
            with :? DbException ->
                return false
        }

    /// The catalog of some namespaces. Views are attached whoever made them, where they work.
    let read (connection: DbConnection) (namespaces: string list) (cancellation: CancellationToken) : Task<Catalog> =
        task {
            let! found = rows connection cancellation
            let schema, unmodelled, attachments = CatalogRead.schema namespaces found
            let kept = ResizeArray<Attachment>()

            for attachment in attachments do
                if attachment.Kind = "view" then
                    let! works = compiles connection attachment cancellation

                    if works then
                        kept.Add attachment
                else
                    kept.Add attachment

            return
                { Schema = schema
                  Unmodelled = unmodelled
                  Attachments = List.ofSeq kept
                  Fingerprint = fingerprintOf namespaces found }
        }

    /// The catalog's rendition of every declared text. SQLite keeps text as it was written, so this asks nobody.
    let renditions (schema: Schema) : Map<TextSlot, string> =
        let indexTexts (table: ObjectName) (index: IndexDef) =
            [ for position, part in List.indexed index.Parts do
                  match part.Target with
                  | IndexTarget.Expression sql ->
                      TextSlot.IndexExpression(table, index.Name, position), SqliteRender.text sql
                  | IndexTarget.Column _ -> ()
              match index.Where with
              | Some sql -> TextSlot.IndexPredicate(table, index.Name), SqliteRender.text sql
              | None -> () ]

        Map.ofList
            [ for table in schema.Tables do
                  for column in table.Columns do
                      match column.Default with
                      | Some value ->
                          TextSlot.Default(table.Name, column.Name), SqliteRender.defaultText column.Type value
                      | None -> ()

                      match column.Generated with
                      | Some g -> TextSlot.Generated(table.Name, column.Name), SqliteRender.text g.Expression
                      | None -> ()

                  for check in table.Checks do
                      TextSlot.Check(table.Name, check.Name), SqliteRender.text check.Expression

                  for index in table.Indexes do
                      yield! indexTexts table.Name index
              for object in schema.Objects do
                  for place, sql in SchemaObject.texts object do
                      TextSlot.Object(object.Key, place), ObjectText.rendition (SqliteRender.text sql) ]
