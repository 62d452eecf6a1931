namespace SchemaToolkit.Migrating

open System
open System.Threading.Tasks
open SchemaToolkit

/// Where a declaration stands to what the database holds.
[<RequireQualifiedAccess>]
type internal Standing =
    /// A newer program has migrated the database; with what this one misses there.
    | Older of known: Known * missing: string list
    /// To be planned.
    | Open of known: Known

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module internal Standing =
    let olderReason =
        "this program is older than the database, which a newer version has migrated; nothing was changed, and everything it declares is there"

    let namespaces (schema: Schema) =
        schema.Namespace
        :: [ for table in schema.Tables do
                 table.Name.Namespace
             for enum in schema.Enums do
                 enum.Name.Namespace
             for object in schema.Objects do
                 if object.Kind <> ObjectKind.Extension then
                     object.Key.Name.Namespace ]
        |> List.distinct

    let private stop error = raise (RunStopped error)

    /// The mark says that nothing has to be looked at.
    let isCurrent (capabilities: Capabilities) (hash: string) (fingerprint: string) (mark: LedgerMark) =
        mark.IsWhole
        && mark.DeclaredHash = hash
        && mark.Capabilities = Ledger.capabilities capabilities
        && mark.Fingerprint = fingerprint

    /// True when the declaration is one that this database has already left behind.
    let private isOlder (declared: Schema) (hash: string) (marks: LedgerMark list) =
        match List.rev marks with
        | [] -> false
        | newest :: earlier ->
            newest.DeclaredHash <> hash
            && match declared.Version, newest.Version with
               | Some mine, Some theirs when mine <> theirs -> mine < theirs
               | _ -> earlier |> List.exists (fun mark -> mark.DeclaredHash = hash)

    let private checkOwner (driver: Driver) connection (declared: Schema) ct : Task =
        task {
            let! owners = Ledger.owners driver.Dialect connection ct
            let wanted = namespaces declared

            for ns, owner in owners do
                if owner <> declared.Plugin && List.contains ns wanted then
                    stop (MigrationError.NamespaceTaken(declared.Plugin, ns, owner))
        }

    let private parse (driver: Driver) (entry: LedgerEntry) =
        match Canonical.parse entry.Projected with
        | Ok schema -> entry, schema, RenditionJson.read entry.Renditions
        | Error errors ->
            stop (MigrationError.LedgerUnreadable(driver.Target, $"entry {entry.Id}: {String.Join(' ', errors)}"))

    let private recorded (driver: Driver) connection (marks: LedgerMark list) ct =
        task {
            match List.tryLast marks with
            | None -> return None
            | Some mark ->
                let! entry = Ledger.byId driver.Dialect connection mark.Id ct
                return entry |> Option.map (parse driver)
        }

    /// The same facts with the catalog as it is now.
    let know (driver: Driver) capabilities connection (known: Known) ct : Task<Known> =
        task {
            let! catalog = driver.ReadCatalog connection (namespaces known.Declared) ct

            return
                { known with
                    Catalog = catalog
                    Projected = driver.Project capabilities known.Declared }
        }

    let private gather (driver: Driver) capabilities connection (declared: Schema) (marks: LedgerMark list) ct =
        task {
            let! record = recorded driver connection marks ct
            let! catalog = driver.ReadCatalog connection (namespaces declared) ct

            return
                { Declared = declared
                  Projected = driver.Project capabilities declared
                  Recorded = record
                  FromHash =
                    marks
                    |> List.filter _.IsWhole
                    |> List.tryLast
                    |> Option.map _.DeclaredHash
                    |> Option.defaultValue ""
                  Catalog = catalog }
        }

    let private judge (driver: Driver) capabilities connection (declared: Schema) marks ct =
        task {
            let! known = gather driver capabilities connection declared marks ct

            if isOlder declared (Canonical.hash declared) marks then
                let missing = Compatibility.missing known.Projected.Schema known.Catalog.Schema
                return Standing.Older(known, missing)
            else
                return Standing.Open known
        }

    let private isStill (driver: Driver) capabilities connection (declared: Schema) marks ct =
        task {
            let hash = Canonical.hash declared

            match List.tryLast marks with
            | Some(mark: LedgerMark) when mark.DeclaredHash = hash ->
                let! fingerprint = driver.Fingerprint connection (namespaces declared) ct
                return isCurrent capabilities hash fingerprint mark
            | Some _
            | None -> return false
        }

    /// None: as on record, and nothing has moved since. Reads inside the transaction in progress; raises `RunStopped` when the namespace belongs to another plugin.
    let find (driver: Driver) capabilities connection (declared: Schema) ct : Task<Standing option> =
        task {
            let! marks = Ledger.marks driver.Dialect connection declared.Plugin ct
            do! checkOwner driver connection declared ct
            let! current = isStill driver capabilities connection declared marks ct

            if current then
                return None
            else
                let! standing = judge driver capabilities connection declared marks ct
                return Some standing
        }

    /// As `find`, looking closely even where nothing has moved.
    let closely (driver: Driver) capabilities connection (declared: Schema) ct : Task<Standing> =
        task {
            let! marks = Ledger.marks driver.Dialect connection declared.Plugin ct
            do! checkOwner driver connection declared ct
            return! judge driver capabilities connection declared marks ct
        }

    /// Where there is no ledger yet.
    let withoutLedger (driver: Driver) capabilities connection (declared: Schema) ct : Task<Standing> =
        task {
            let! known = gather driver capabilities connection declared [] ct
            return Standing.Open known
        }
