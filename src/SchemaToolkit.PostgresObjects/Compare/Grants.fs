namespace SchemaToolkit.PostgresObjects

/// Privileges as GRANT writes them (PostgreSQL manual, 5.8 Privileges).
[<RequireQualifiedAccess>]
module Privilege =
    /// A column's privilege names the column.
    let text (object: PgObject) (grant: Grant) =
        match object.Address.Kind with
        | Kind.Column -> $"{grant.Privilege} ({Quote.name object.Address.Part})"
        | _ -> grant.Privilege

    let private tablePrivileges version =
        [ "DELETE"; "INSERT"; "REFERENCES"; "SELECT"; "TRIGGER"; "TRUNCATE"; "UPDATE" ]
        @ (if version >= 170000 then [ "MAINTAIN" ] else [])

    /// What an owner has of a new object, and what everybody has.
    let builtIn (version: int) (kind: Kind) : string list * string list =
        match kind with
        | Kind.Table
        | Kind.View
        | Kind.MaterializedView
        | Kind.ForeignTable -> tablePrivileges version, []
        | Kind.Sequence -> [ "SELECT"; "UPDATE"; "USAGE" ], []
        | Kind.Function
        | Kind.Procedure
        | Kind.Aggregate -> [ "EXECUTE" ], [ "EXECUTE" ]
        | Kind.Enum
        | Kind.Domain
        | Kind.Composite
        | Kind.Range
        | Kind.BaseType
        | Kind.Language -> [ "USAGE" ], [ "USAGE" ]
        | Kind.Schema -> [ "CREATE"; "USAGE" ], []
        | Kind.ForeignDataWrapper
        | Kind.Server -> [ "USAGE" ], []
        | _ -> [], []

/// The privileges that an object has right after its CREATE.
[<RequireQualifiedAccess>]
module DefaultGrants =
    /// `pg_default_acl.defaclobjtype` of a kind.
    let private objectType (kind: Kind) =
        match kind with
        | Kind.Table
        | Kind.View
        | Kind.MaterializedView
        | Kind.ForeignTable -> "r"
        | Kind.Sequence -> "S"
        | Kind.Function
        | Kind.Procedure
        | Kind.Aggregate -> "f"
        | Kind.Enum
        | Kind.Domain
        | Kind.Composite
        | Kind.Range
        | Kind.BaseType -> "T"
        | Kind.Schema -> "n"
        | _ -> ""

    let private declared (database: PgDatabase) role schema objectType =
        let address =
            { Address.create Kind.DefaultPrivileges schema role with
                Arguments = objectType }

        database.Objects.TryFind address |> Option.bind _.Grants

    /// Who makes an object: the role that runs the plan, but the sequence of an identity comes as its table's owner's.
    let private maker (context: Context) (object: PgObject) =
        let table =
            object.Parent
            |> Option.filter (fun _ -> object.Facts.IsIdentitySequence)
            |> Option.map Address.tableOf

        match table with
        | Some table when not (context.Creating.Contains table) ->
            context.From.Objects.TryFind table |> Option.bind _.Owner |> Option.defaultValue context.To.User
        | Some _
        | None -> context.To.User

    /// Default privileges of the role that makes it, as they are before the plan: they change last.
    let ofNew (context: Context) (object: PgObject) : Grant list =
        let maker = maker context object
        let owner = object.Owner |> Option.defaultValue context.To.User
        let forOwner, forAll = Privilege.builtIn context.To.Version object.Address.Kind
        let grant grantee privilege = { Grantee = grantee; Privilege = privilege; Grantable = false; Grantor = "" }
        let builtIn = List.map (grant owner) forOwner @ List.map (grant "") forAll

        let transfer (grants: Grant list) =
            grants |> List.map (fun g -> if g.Grantee = maker then { g with Grantee = owner } else g)

        let kind = objectType object.Address.Kind

        if kind = "" then
            builtIn
        else
            let everywhere =
                declared context.From maker "" kind |> Option.map transfer |> Option.defaultValue builtIn

            let here =
                declared context.From maker object.Address.Schema kind
                |> Option.map transfer
                |> Option.defaultValue []

            List.distinct (everywhere @ here)
