namespace SchemaToolkit

open System

/// Where the program runs: unset means Production, where whatever loses data is blocked.
[<RequireQualifiedAccess>]
type Stage =
    | Development
    | Production

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Stage =
    /// From `DOTNET_ENVIRONMENT`, then `ASPNETCORE_ENVIRONMENT`.
    let detect () =
        let read (name: string) = Environment.GetEnvironmentVariable name |> Option.ofObj

        match read "DOTNET_ENVIRONMENT" |> Option.orElse (read "ASPNETCORE_ENVIRONMENT") with
        | Some value when value.Equals("Development", StringComparison.OrdinalIgnoreCase) -> Stage.Development
        | Some _
        | None -> Stage.Production

/// Leave to do one dangerous thing: a hazard, the object it concerns, and the change between two declared schemas that it
/// is for. It holds wherever the same step is made, and expires with the next version.
type Consent =
    {
        Hazard: string
        /// The part as `PartId.ToString` writes it.
        Object: string
        /// Hash of the declared schema on record; empty when there is none.
        FromHash: string
        ToHash: string
    }

    /// The words to paste into a program.
    override this.ToString() =
        let short (hash: string) = hash.Substring(0, min 12 hash.Length)
        $"Consent.give \"{this.Hazard}\" \"{this.Object}\" \"{short this.FromHash}\" \"{short this.ToHash}\""

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Consent =
    /// Hashes may be cut to twelve digits or more.
    let give hazard object fromHash toHash = { Hazard = hazard; Object = object; FromHash = fromHash; ToHash = toHash }

    let internal covers (hazard: Hazard) (fromHash: string) (toHash: string) (consent: Consent) =
        let same (full: string) (given: string) =
            full = given || given.Length >= 12 && full.StartsWith(given, StringComparison.Ordinal)

        consent.Hazard = hazard.Code
        && consent.Object = string hazard.Part
        && same fromHash consent.FromHash
        && same toHash consent.ToHash

/// What a policy says to one finding.
[<RequireQualifiedAccess>]
type Judgement =
    /// Nothing is lost: told, not asked.
    | Informed
    /// Goes on, with a warning that counts what is lost.
    | Warned
    | Consented
    /// Consent would let it through.
    | Blocked
    /// The rows would make the step fail, whatever anybody says.
    | Refused

type JudgedFinding = { Finding: Finding; Judgement: Judgement }

type MigrationPolicy =
    {
        Stage: Stage
        Consents: Consent list
        /// `ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS=true`: everything that consent could allow is allowed, loudly.
        AllowDestructive: bool
    }

/// Who may do what: filters consent, never the diff.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module MigrationPolicy =
    let inStage (stage: Stage) = { Stage = stage; Consents = []; AllowDestructive = false }

    let fromEnvironment () =
        let allow = Environment.GetEnvironmentVariable "ELIZA_ALLOW_DESTRUCTIVE_MIGRATIONS"

        { inStage (Stage.detect ()) with
            AllowDestructive = String.Equals(allow, "true", StringComparison.OrdinalIgnoreCase) }

    let consenting (consents: Consent list) (policy: MigrationPolicy) =
        { policy with Consents = policy.Consents @ consents }

    /// Whether the finding concerns anything: a count of zero clears every hazard but the drop of an object.
    let private holds (finding: Finding) =
        match finding.Hazard.Kind with
        | HazardKind.DropsObject
        | HazardKind.Ambiguous -> true
        | HazardKind.LosesData
        | HazardKind.MayFailOnRows
        | HazardKind.ChangesContract
        | HazardKind.BlocksReads
        | HazardKind.BlocksWrites
        | HazardKind.RewritesTable
        | HazardKind.NotTransactional
        | HazardKind.BreaksOldCode
        | HazardKind.Irreversible -> finding.Rows <> Some 0L && finding.Hazard.Precheck.IsSome

    let judge (policy: MigrationPolicy) (fromHash: string) (toHash: string) (finding: Finding) : JudgedFinding =
        let consented =
            policy.AllowDestructive
            || policy.Consents |> List.exists (Consent.covers finding.Hazard fromHash toHash)

        let ask =
            if consented then
                Judgement.Consented
            else
                match policy.Stage with
                | Stage.Development -> Judgement.Warned
                | Stage.Production -> Judgement.Blocked

        let judgement =
            match finding.Hazard.Kind with
            | _ when not (holds finding) -> Judgement.Informed
            | HazardKind.MayFailOnRows when finding.Rows.IsSome -> Judgement.Refused
            | HazardKind.Ambiguous -> if consented then Judgement.Consented else Judgement.Blocked
            | HazardKind.DropsObject
            | HazardKind.LosesData
            | HazardKind.ChangesContract -> ask
            | HazardKind.MayFailOnRows
            | HazardKind.BlocksReads
            | HazardKind.BlocksWrites
            | HazardKind.RewritesTable
            | HazardKind.NotTransactional
            | HazardKind.BreaksOldCode
            | HazardKind.Irreversible -> Judgement.Informed

        { Finding = finding; Judgement = judgement }
