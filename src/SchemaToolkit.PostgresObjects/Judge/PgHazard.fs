namespace SchemaToolkit.PostgresObjects

open SchemaToolkit

/// What could go wrong with a change between two databases. Nobody has looked at the rows: where there are none, nothing does.
type PgHazard =
    {
        /// Stable, and that of the same hazard in a declared schema's plan where it has one: `drop-table`, `null-values` …
        Code: string
        Kind: HazardKind
        Object: Address
        /// One sentence.
        Message: string
        /// The way out.
        Advice: string
    }

/// The plan that is judged, for those who look beyond one change.
type internal Judged =
    {
        From: PgDatabase
        To: PgDatabase
        /// What the plan drops, also what it makes again.
        Dropped: Set<Address>
        Created: Set<Address>
        /// Tables that are made again with their rows.
        Carried: Set<Address>
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module PgHazard =
    let internal create code kind (object: Address) message advice : PgHazard =
        { Code = code
          Kind = kind
          Object = object
          Message = message
          Advice = advice }

    /// For people: without its kind.
    let internal name (address: Address) =
        let schema = if address.Schema = "" then "" else address.Schema + "."
        let part = if address.Part = "" then "" else "." + address.Part
        $"{schema}{address.Name}{part}"

    /// Whether a table is there before and after, with its rows.
    let internal stays (plan: Judged) (table: Address) =
        plan.From.Objects.ContainsKey table
        && plan.To.Objects.ContainsKey table
        && not (plan.Dropped.Contains table)

    /// The table that a partition belongs to.
    let internal partitioned (database: PgDatabase) (table: Address) : Address option =
        match database.Objects.TryFind { table with Kind = Kind.Attachment } with
        | Some { Facts = Facts.Attachment(parent, bound) } when bound <> "" -> Some parent
        | Some _
        | None -> None

    let internal quietTime = "Apply it when the table is quiet, or while it is small."
