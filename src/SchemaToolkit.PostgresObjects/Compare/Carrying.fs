namespace SchemaToolkit.PostgresObjects

/// Rows of a table that is dropped and made again under its name, as when it becomes partitioned: they are put aside first, and
/// come back when the new table and its partitions stand.
[<RequireQualifiedAccess>]
module internal Carrying =
    /// A column on both sides, with its types there.
    type private Carried =
        {
            Before: PgObject
            After: PgObject
            /// Name, type before and type afterwards of the columns whose values come along.
            Columns: (string * ColumnFacts * ColumnFacts) list
            /// Partitions that stay, with the rows that they hold.
            Staying: Address list
        }

    /// Partitions of each table.
    let private partitions (database: PgDatabase) : Map<Address, Address list> =
        [ for object in database.Objects.Every do
              match object.Facts, object.Parent with
              | Facts.Attachment(table, bound), Some partition when bound <> "" -> table, partition
              | _ -> () ]
        |> List.groupBy fst
        |> List.map (fun (table, found) -> table, List.map snd found)
        |> Map.ofList

    let rec private below (partitions: Map<Address, Address list>) (table: Address) : Address list =
        partitions.TryFind table
        |> Option.defaultValue []
        |> List.collect (fun partition -> partition :: below partitions partition)

    let private columns (context: Context) (table: Address) =
        [ for column in context.From.ColumnsOf.TryFind table |> Option.defaultValue [] do
              match column.Facts, context.To.Objects.TryFind column.Address with
              | Facts.Column a, Some { Facts = Facts.Column b } when b.Generated.IsNone -> column.Address.Part, a, b
              | _ -> () ]
        |> List.sortBy (fun (_, before, _) -> before.Position)

    let private find (context: Context) : Carried list =
        let remade =
            [ for address in context.Dropping do
                  match context.From.Objects.TryFind address, context.To.Objects.TryFind address with
                  | Some({ Facts = Facts.Table { Foreign = None } } as a),
                    Some({ Facts = Facts.Table { Foreign = None } } as b) when context.Creating.Contains address -> a, b
                  | _ -> () ]

        if remade.IsEmpty then
            []
        else
            let partitions = partitions context.From
            let withAbove = remade |> List.collect (fun (a, _) -> below partitions a.Address) |> Set.ofList

            [ for before, after in remade do
                  let columns = columns context before.Address

                  // A partition's rows come along with its table's.
                  if not columns.IsEmpty && not (withAbove.Contains before.Address) then
                      { Before = before
                        After = after
                        Columns = columns
                        Staying = below partitions before.Address |> List.filter (context.Dropping.Contains >> not) } ]

    /// What a plan may drop or make anew is held as text meanwhile.
    let private isBuiltIn (facts: ColumnFacts) = not (facts.Type.Contains '.')

    let private store (carried: Carried) =
        let address = carried.Before.Address
        Quote.qualified address.Schema (Words.temporary address.Name "__rows")

    let private putAside (carried: Carried) =
        let table = Words.relation carried.Before.Address

        let values =
            [ for name, before, _ in carried.Columns do
                  let name = Quote.name name
                  if isBuiltIn before then name else $"{name}::text AS {name}" ]
            |> String.concat ", "

        let only = if (Facts.table carried.Before).PartitionKey.IsSome then "" else "ONLY "

        let where =
            if carried.Staying.IsEmpty then
                ""
            else
                let names =
                    carried.Staying
                    |> List.map (fun partition -> Quote.text (Words.relation partition) + "::regclass")
                    |> String.concat ", "

                $" WHERE tableoid NOT IN ({names})"

        [ $"CREATE TABLE {store carried} AS SELECT {values} FROM {only}{table}{where}" ]

    /// Sequences that give the table's numbers, with the column that they give them to.
    let private sequences (context: Context) (table: Address) =
        [ for object in context.To.Objects.Every do
              match object.Facts with
              | Facts.SequenceOwner column when Address.tableOf column = table ->
                  let sequence = { object.Address with Kind = Kind.Sequence }

                  match context.To.Objects.TryFind sequence with
                  | Some { Facts = Facts.Sequence facts } when context.Creating.Contains sequence ->
                      sequence, column.Part, facts
                  | Some _
                  | None -> ()
              | _ -> () ]

    let private bringBack (context: Context) (carried: Carried) =
        let table = Words.relation carried.After.Address
        let names = carried.Columns |> List.map (fun (name, _, _) -> Quote.name name) |> String.concat ", "

        let values =
            [ for name, before, after in carried.Columns do
                  let name = Quote.name name

                  if not (isBuiltIn before) then
                      $"{name}::{after.Type}"
                  else
                      Conversions.using name before.Type after.Type |> Option.defaultValue name ]
            |> String.concat ", "

        let always =
            carried.Columns |> List.exists (fun (_, _, after) -> after.Identity |> Option.exists _.Always)

        let overriding = if always then " OVERRIDING SYSTEM VALUE" else ""

        [ $"INSERT INTO {table} ({names}){overriding} SELECT {values} FROM {store carried}"
          for name, _, after in carried.Columns do
              match after.Identity with
              | Some identity ->
                  ColumnText.goOn (ColumnText.sequenceName identity.SequenceName) table name identity.Sequence
              | None -> ()
          for sequence, column, facts in sequences context carried.After.Address do
              ColumnText.goOn (Words.relation sequence) table column facts
          $"DROP TABLE {store carried}" ]

    let private away (carried: Carried) = PgKey.Name $"rows of {carried.Before.Address} put aside"
    let private back (carried: Carried) = PgKey.Name $"rows of {carried.After.Address} brought back"

    /// Who would fire on the rows, refers to them or is filled with them waits until they are back. What partitions have of
    /// their own must stand before they are attached.
    let private waits (tables: Set<Address>) (partitions: Set<Address>) (node: PgNode) =
        match node.Change.Step with
        | PgStep.Create object ->
            let table = Option.defaultValue object.Address object.Parent

            match object.Facts with
            | Facts.Trigger _
            | Facts.Rule _ -> tables.Contains table
            | Facts.Constraint { Type = "f" } -> not (partitions.Contains table)
            | Facts.View { Populated = true } -> object.Address.Kind = Kind.MaterializedView
            | _ -> false
        | PgStep.Drop _
        | PgStep.Alter _
        | PgStep.Attributes _
        | PgStep.MoveRows _ -> false

    let private node (rank: int) (step: PgStep) sql creates needs : PgNode =
        { Change = { Step = step; Sql = sql }
          Edges = { Creates = [ creates ]; Destroys = []; Needs = needs; Frees = [] }
          Rank = rank }

    /// One that comes before all others, and one that waits for all that takes the rows in.
    let private nodes (context: Context) (partitionsOf: Map<Address, Address list>) (carried: Carried) : PgNode list =
        let attached =
            below partitionsOf carried.After.Address
            |> List.map (fun partition -> PgKey.Object { partition with Kind = Kind.Attachment })

        let numbers =
            sequences context carried.After.Address |> List.map (fun (sequence, _, _) -> PgKey.Object sequence)

        let needed = away carried :: PgKey.Object carried.After.Address :: attached @ numbers

        [ node -2 (PgStep.MoveRows carried.Before) (putAside carried) (away carried) []
          node 2 (PgStep.MoveRows carried.After) (bringBack context carried) (back carried) needed ]

    /// The nodes of a plan with those that carry rows over.
    let add (context: Context) (others: PgNode list) : PgNode list =
        match find context with
        | [] -> others
        | all ->
            let partitionsOf = partitions context.To
            let tables = all |> List.map _.After.Address |> Set.ofList
            let partitions = tables |> Seq.collect (below partitionsOf) |> Set.ofSeq

            let wait (other: PgNode) =
                if waits tables partitions other then
                    { other with Edges.Needs = List.map back all @ other.Edges.Needs }
                else
                    other

            List.map wait others @ List.collect (nodes context partitionsOf) all
