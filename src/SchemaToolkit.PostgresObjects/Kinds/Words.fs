namespace SchemaToolkit.PostgresObjects

/// Reading facts of a known kind; anything else is a bug of the reader.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Facts =
    let private wrong (object: PgObject) expected : 'T =
        invalidOp $"{object.Address} does not hold the facts of {expected}."

    let table (object: PgObject) =
        match object.Facts with
        | Facts.Table facts -> facts
        | _ -> wrong object "a table"

    let column (object: PgObject) =
        match object.Facts with
        | Facts.Column facts -> facts
        | _ -> wrong object "a column"

    let columnOrView (object: PgObject) =
        match object.Facts with
        | Facts.Column facts -> Some facts
        | _ -> None

    let columnDefault (object: PgObject) =
        match object.Facts with
        | Facts.Default facts -> facts
        | _ -> wrong object "a default"

    let constraint' (object: PgObject) =
        match object.Facts with
        | Facts.Constraint facts -> facts
        | _ -> wrong object "a constraint"

    let index (object: PgObject) =
        match object.Facts with
        | Facts.Index facts -> facts
        | _ -> wrong object "an index"

    let sequence (object: PgObject) =
        match object.Facts with
        | Facts.Sequence facts -> facts
        | _ -> wrong object "a sequence"

    let view (object: PgObject) =
        match object.Facts with
        | Facts.View facts -> facts
        | _ -> wrong object "a view"

    let routine (object: PgObject) =
        match object.Facts with
        | Facts.Routine facts -> facts
        | _ -> wrong object "a routine"

/// Words that several kinds use.
[<RequireQualifiedAccess>]
module Words =
    let relation (address: Address) = Quote.qualified address.Schema address.Name

    /// Without quotes, for addresses.
    let plain (address: Address) = $"{address.Schema}.{address.Name}"

    /// As much of a name as the engine keeps, counted in characters.
    let truncated (name: string) = name.Substring(0, min 63 name.Length)

    /// A name for a while: no longer than a name may be, and another for every name.
    let temporary (name: string) (suffix: string) =
        let longest = 63
        let utf8 = System.Text.Encoding.UTF8

        if utf8.GetByteCount name + suffix.Length <= longest then
            name + suffix
        else
            let digest = System.Security.Cryptography.SHA256.HashData(utf8.GetBytes name)
            let mark = "_" + System.Convert.ToHexStringLower(digest).Substring(0, 12) + suffix

            let rec shorten (text: string) =
                if utf8.GetByteCount text + mark.Length <= longest then
                    text
                else
                    shorten (text.Substring(0, text.Length - 1))

            shorten name + mark

    /// `name=value` as `"name"='value'`.
    let options (options: Options) =
        options
        |> List.map (fun option ->
            match option.Split('=', 2) with
            | [| name; value |] -> $"{name}={Quote.text value}"
            | _ -> option)
        |> String.concat ", "

    let private name (option: string) = option.Split('=', 2)[0]

    /// SET and RESET that turn one list of options into another, order included: what is set comes last.
    let changeOptions (prefix: string) (before: Options) (after: Options) =
        let names (options: Options) = options |> List.map name
        let common = before |> List.filter (fun o -> List.contains o after)
        let added = after |> List.except before

        let reset, set =
            if common @ added = after then
                List.except (names after) (names before), added
            else
                names before, after

        [ if not reset.IsEmpty then
              let names = String.concat ", " reset
              $"{prefix} RESET ({names})"
          if not set.IsEmpty then
              $"{prefix} SET ({options set})" ]

    /// What an object needs in order to exist.
    let needs (database: PgDatabase) (address: Address) : Set<Address> =
        database.Needs.TryFind address |> Option.defaultValue Set.empty

    /// What belongs to an object.
    let parts (database: PgDatabase) (parent: Address) : PgObject list =
        database.PartsOf.TryFind parent |> Option.defaultValue []

    let partsOf (database: PgDatabase) (kind: Kind) (parent: Address) =
        parts database parent |> List.filter (fun o -> o.Address.Kind = kind)

    /// The sequence that an identity column brings with it.
    let identitySequence (column: PgObject) : Address list =
        match column.Facts with
        | Facts.Column { Identity = Some identity } ->
            match identity.SequenceName.Split '\t' with
            | [| schema; name |] -> [ Address.create Kind.Sequence schema name ]
            | _ -> []
        | _ -> []

    /// The tables that give a table columns: those it inherits from, or the one it is a partition of.
    let parentsOf (database: PgDatabase) (table: Address) : Address list =
        let attached =
            match database.Objects.TryFind { table with Kind = Kind.Attachment } with
            | Some { Facts = Facts.Attachment(parent, bound) } when bound <> "" -> [ parent ]
            | Some _
            | None -> []

        match database.Objects.TryFind table with
        | Some { Facts = Facts.Table facts } -> facts.Inherits @ attached
        | Some _
        | None -> attached

    /// The columns that a column is inherited from.
    let inheritedFrom (database: PgDatabase) (column: PgObject) : PgObject list =
        column.Parent
        |> Option.map (parentsOf database)
        |> Option.defaultValue []
        |> List.choose (fun parent ->
            database.Objects.TryFind(Address.part Kind.Column parent.Schema parent.Name column.Address.Part))

    let private attachment (table: Address) = { table with Kind = Kind.Attachment; Part = "" }

    /// Whether a table is and stays a partition, so that its parent gives it columns, constraints and indexes.
    let staysPartition (context: Context) (table: Address) =
        let attachment = attachment table

        context.To.Objects.ContainsKey attachment
        && not (context.Creating.Contains attachment)
        && not (context.Dropping.Contains attachment)

    /// Whether an expression names a column.
    let mentions (expression: string) (column: string) =
        let quoted = Quote.name column
        let escaped = System.Text.RegularExpressions.Regex.Escape

        expression.Contains(quoted, System.StringComparison.Ordinal)
        || System.Text.RegularExpressions.Regex.IsMatch(expression, @"(?<![\w""$])" + escaped column + @"(?![\w""$(])")

    /// As much of a wanted order as is there already.
    let rec private inPlace (wanted: 'T list) (there: 'T list) =
        match wanted with
        | next :: later ->
            match there |> List.skipWhile ((<>) next) with
            | _ :: rest -> next :: inPlace later rest
            | [] -> []
        | [] -> []

    /// In a list that new members are put at the end of: those that have to go and come back, so that all stand as wanted.
    let moved (there: 'T list) (wanted: 'T list) : 'T list =
        let stays = there |> List.filter (fun item -> List.contains item wanted)

        if stays @ List.except stays wanted = wanted then
            []
        else
            List.except (inPlace wanted stays) stays

    /// What an object goes with when an extension goes; `alter` is ALTER and what the object is called.
    let dependsOn (alter: string) (before: string list) (after: string list) =
        [ for extension in List.except before after do
              $"{alter} DEPENDS ON EXTENSION {Quote.name extension}"
          for extension in List.except after before do
              $"{alter} NO DEPENDS ON EXTENSION {Quote.name extension}" ]

    let orSame (sql: string list) = if sql.IsEmpty then Change.Same else Change.Alter sql

    /// Statements that take what only the first list grants and give what only the second does; each grant is the catalog's
    /// grantee, privilege and option. `on` is what the privileges are on, `lead` what stands before GRANT and REVOKE.
    let grants (lead: string) (on: string) (before: string list) (after: string list) : string list =
        let statement (verb: string) (preposition: string) (grant: string) =
            match grant.Split '\t' with
            | [| grantee; privilege; grantable |] ->
                let role = if grantee = "" then "PUBLIC" else Quote.name grantee
                let option = if grantable = "true" && verb = "GRANT" then " WITH GRANT OPTION" else ""
                $"{lead}{verb} {privilege} ON {on} {preposition} {role}{option}"
            | _ -> invalidOp $"A privilege is printed as grantee, privilege and option, not '{grant}'."

        [ for grant in List.except after before do
              statement "REVOKE" "FROM" grant
          for grant in List.except before after do
              statement "GRANT" "TO" grant ]
