namespace SchemaToolkit.Migrating

open System
open System.Globalization
open SchemaToolkit

/// What an attempt writes into the ledger.
[<RequireQualifiedAccess>]
module internal LedgerRow =
    let private bare (options: MigrationOptions) (known: Known) (started: DateTimeOffset) : LedgerEntry =
        { Id = 0L
          Plugin = known.Declared.Plugin
          Namespace = known.Declared.Namespace
          Outcome = ""
          DeclaredHash = Canonical.hash known.Declared
          ProjectedHash = Canonical.hash known.Projected.Schema
          Version = known.Declared.Version
          Declared = Canonical.serialize known.Declared
          Projected = Canonical.serialize known.Projected.Schema
          Renditions = "[]"
          Capabilities = ""
          Steps = "[]"
          Statements = "[]"
          Hazards = "[]"
          Consent = "[]"
          Fingerprint = ""
          StartedAt = started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
          DurationMs = int64 (options.Time.GetUtcNow() - started).TotalMilliseconds
          Error = None
          ErrorCode = None
          ToolVersion = Ledger.toolVersion }

    let private withPlan (plan: Plan) (e: LedgerEntry) =
        let judged keep =
            plan.Findings
            |> List.filter (fun f -> keep f.Judgement)
            |> List.map Plan.describeFinding
            |> Ledger.texts

        { e with
            Capabilities = Ledger.capabilities plan.Engine
            Steps = plan.Steps |> List.map Describe.step |> Ledger.texts
            Statements = Plan.statements plan |> Ledger.texts
            Hazards = judged (fun j -> j <> Judgement.Informed)
            Consent = judged (fun j -> j = Judgement.Consented) }

    /// The engine's own words for what the plugin declares.
    let private renditions (owned: Schema) (catalog: Catalog) =
        let ours = Texts.all owned

        Texts.renditions catalog.Schema
        |> Map.filter (fun slot _ -> ours.ContainsKey slot)
        |> RenditionJson.write

    let private steps (prepared: Prepared) =
        [ for name in prepared.Adopted do
              $"adopt {name}"
          yield! prepared.Plan.Steps |> List.map Describe.step ]
        |> Ledger.texts

    let succeeded options known (prepared: Prepared) started (catalog: Catalog) : LedgerEntry =
        { (bare options known started |> withPlan prepared.Plan) with
            Outcome = (if prepared.Plan.IsEmpty then "recorded" else "applied")
            Steps = steps prepared
            Renditions = renditions prepared.Projected catalog
            Fingerprint = catalog.Fingerprint }

    /// What the plugin has after some segments of its plan. A later start goes on from here.
    let partial options known (prepared: Prepared) started (owned: Schema) (catalog: Catalog) : LedgerEntry =
        { (bare options known started |> withPlan prepared.Plan) with
            Outcome = "partial"
            ProjectedHash = Canonical.hash owned
            Projected = Canonical.serialize owned
            Steps = steps prepared
            Renditions = renditions owned catalog
            Fingerprint = catalog.Fingerprint }

    let private planOf (error: MigrationError) (planned: Plan option) =
        match error with
        | MigrationError.Blocked plan -> Some plan
        | _ -> planned

    let private codeOf (error: MigrationError) =
        match error with
        | MigrationError.StatementFailed(_, _, failure, _) -> failure.Code
        | other -> MigrationError.code other

    let failed options known (planned: Plan option) started (error: MigrationError) : LedgerEntry =
        let row = bare options known started

        { (match planOf error planned with
           | Some plan -> withPlan plan row
           | None -> row) with
            Outcome = "failed"
            Error = Some(MigrationError.describe error)
            ErrorCode = Some(codeOf error) }
