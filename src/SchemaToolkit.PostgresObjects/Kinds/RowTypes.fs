namespace SchemaToolkit.PostgresObjects

open System.Runtime.CompilerServices

/// Columns that hold whole rows of another table: while they do, the engine lets no column of that table change its type.
[<RequireQualifiedAccess>]
module internal RowTypes =
    let private isMadeOfTypes (address: Address) =
        match address.Kind with
        | Kind.Composite
        | Kind.Domain
        | Kind.Range -> true
        | _ -> false

    let rec private withTypesMadeOf (database: PgDatabase) (types: Set<Address>) =
        let wider =
            [ for KeyValue(address, needs) in database.Needs do
                  if isMadeOfTypes address && not (Set.intersect types needs).IsEmpty then
                      address ]
            |> Set.ofList
            |> Set.union types

        if wider = types then types else withTypesMadeOf database wider

    /// Tables whose rows columns or types hold, found once for a database: many of its columns may change their types.
    let private held = ConditionalWeakTable<PgDatabase, Set<Address>>()

    let private findHeld (database: PgDatabase) : Set<Address> =
        [ for KeyValue(user, needs) in database.Needs do
              if user.Kind = Kind.Column || isMadeOfTypes user then
                  for used in needs do
                      if used.Kind = Kind.Table && (used.Schema <> user.Schema || used.Name <> user.Name) then
                          used ]
        |> Set.ofList

    /// Tables whose rows columns or types outside them hold.
    let ofTables (database: PgDatabase) : Set<Address> = held.GetValue(database, findHeld)

    let areAnyHeld (database: PgDatabase) : bool = not (ofTables database).IsEmpty

    /// Those that stay as they are, and hold rows of one of the tables; before them those that hold theirs.
    let rec holders (context: Context) (tables: Set<Address>) : PgObject list =
        if (Set.intersect (ofTables context.From) tables).IsEmpty then
            []
        else
            let types = withTypesMadeOf context.From tables

            let found =
                [ for KeyValue(address, object) in context.From.Objects do
                      match object.Facts, context.To.Objects.TryFind address |> Option.map _.Facts with
                      | Facts.Column a, Some(Facts.Column b) when
                          a.Type = b.Type
                          && a.InheritCount = 0
                          && not (context.Dropping.Contains address)
                          && not
                              (Set.intersect (types.Remove(Option.get object.Parent)) (Words.needs context.From address))
                                  .IsEmpty
                          ->
                          object
                      | _ -> () ]

            let further = found |> List.map (fun column -> Option.get column.Parent) |> Set.ofList
            let outer = if found.IsEmpty then [] else holders context (further - tables)
            outer @ List.except outer found

    /// Columns of the tables whose rows a column or a type holds: they change while nobody does.
    let rowsIn (database: PgDatabase) (holder: Address) : Set<Address> =
        let rec tables (user: Address) =
            Words.needs database user
            |> Seq.collect (fun used ->
                match used.Kind with
                | Kind.Table
                | Kind.ForeignTable when used.Schema <> holder.Schema || used.Name <> holder.Name -> Set.singleton used
                | _ when isMadeOfTypes used && used <> user -> tables used
                | _ -> Set.empty)
            |> Set.ofSeq

        if holder.Kind <> Kind.Column && not (isMadeOfTypes holder) then
            Set.empty
        else
            tables holder
            |> Seq.collect (fun table -> database.ColumnsOf.TryFind table |> Option.defaultValue [])
            |> Seq.map _.Address
            |> Set.ofSeq

    let private setType (column: PgObject) (typeName: string) (using: string) =
        let name = Quote.name column.Address.Part
        $"ALTER TABLE {Words.relation column.Address} ALTER COLUMN {name} SET DATA TYPE {typeName} USING {using}"

    let private around (holders: PgObject list) (back: PgObject -> string) (statements: string list) : string list =
        [ for column in holders do
              setType column "text" $"{Quote.name column.Address.Part}::text"
          yield! statements
          for column in List.rev holders do
              let own = (Facts.column column).Type
              setType column own $"{back column}::{own}" ]

    /// Statements during which they hold text.
    let asText (holders: PgObject list) (statements: string list) : string list =
        around holders (fun column -> $"{Quote.name column.Address.Part}::text") statements

    /// The same when a row gets one more column: a row that is held has nothing there.
    let asTextOfShorter (tables: Set<Address>) (holders: PgObject list) (statements: string list) : string list =
        let back (column: PgObject) =
            let name = Quote.name column.Address.Part

            let typeName = (Facts.column column).Type.Replace("\"", "")

            if tables |> Set.exists (fun table -> typeName = Words.plain table) then
                $"regexp_replace({name}, '[)]$', ',)')"
            else
                name

        around holders back statements

    /// All that is written for the type of a column.
    let standsOn (object: PgObject) =
        match object.Address.Kind with
        | Kind.Column
        | Kind.Table
        | Kind.ForeignTable
        | Kind.Attachment
        | Kind.SequenceOwner -> false
        | _ -> true

    /// The engine does not see that these have the whole row in them, and finds it of another shape.
    let namesWholeRow (object: PgObject) =
        match object.Facts with
        | Facts.Index facts -> facts.Definition.Contains(".*", System.StringComparison.Ordinal)
        | Facts.Constraint facts ->
            facts.Type <> "f" && facts.Definition.Contains(".*", System.StringComparison.Ordinal)
        | _ -> false
