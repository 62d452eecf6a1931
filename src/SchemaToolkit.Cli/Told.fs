namespace SchemaToolkit.Cli

open System.Text.Json.Nodes
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// A hazard as it is printed, of either engine.
type Told =
    { Code: string
      Kind: HazardKind
      Object: string
      Message: string
      Advice: string }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Told =
    let ofPostgres (hazard: PgHazard) : Told =
        { Code = hazard.Code
          Kind = hazard.Kind
          Object = string hazard.Object
          Message = hazard.Message
          Advice = hazard.Advice }

    let ofSteps (hazard: Hazard) : Told =
        { Code = hazard.Code
          Kind = hazard.Kind
          Object = string hazard.Part
          Message = hazard.Message
          Advice = hazard.Advice }

    /// Whether rows, values or numbers are gone afterwards, or may be.
    let losesData (told: Told) : bool =
        match told.Kind with
        | HazardKind.DropsObject
        | HazardKind.LosesData
        | HazardKind.Ambiguous
        | HazardKind.Irreversible -> true
        | HazardKind.MayFailOnRows
        | HazardKind.ChangesContract
        | HazardKind.BlocksReads
        | HazardKind.BlocksWrites
        | HazardKind.RewritesTable
        | HazardKind.NotTransactional
        | HazardKind.BreaksOldCode -> false

    let private kindWord (kind: HazardKind) =
        match kind with
        | HazardKind.DropsObject -> "drops-object"
        | HazardKind.LosesData -> "loses-data"
        | HazardKind.Ambiguous -> "ambiguous"
        | HazardKind.MayFailOnRows -> "may-fail-on-rows"
        | HazardKind.ChangesContract -> "changes-contract"
        | HazardKind.BlocksReads -> "blocks-reads"
        | HazardKind.BlocksWrites -> "blocks-writes"
        | HazardKind.RewritesTable -> "rewrites-table"
        | HazardKind.NotTransactional -> "not-transactional"
        | HazardKind.BreaksOldCode -> "breaks-old-code"
        | HazardKind.Irreversible -> "irreversible"

    /// In one line: a name may hold line breaks, behind which a comment would end.
    let line (told: Told) : string =
        let text = $"{told.Code}: {told.Message} {told.Advice}"
        text.ReplaceLineEndings(" ").Replace('\r', ' ').Replace('\n', ' ')

    let json (told: Told) : JsonObject =
        let hazard = JsonObject()
        hazard["code"] <- JsonValue.Create told.Code
        hazard["kind"] <- JsonValue.Create(kindWord told.Kind)
        hazard["object"] <- JsonValue.Create told.Object
        hazard["message"] <- JsonValue.Create told.Message
        hazard["advice"] <- JsonValue.Create told.Advice
        hazard
