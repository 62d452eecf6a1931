namespace SchemaToolkit

/// What an engine can do: its name (`sqlite`, `postgres`), flavour and version, and named features
/// (`vector`, `schemas`, `alter-not-null` …). Part of the ledger row; an engine upgrade projects anew.
type Capabilities =
    {
        Engine: string
        /// As the engine reports it, such as `3.53.3` or `15.18`.
        Version: string
        /// `PGLite` where PostgreSQL runs embedded in one session; else the engine's usual name.
        Flavour: string
        Features: Set<string>
    }

[<RequireQualifiedAccess>]
type Verdict =
    | Exact
    | Emulated of how: string
    | Omitted of why: string
    | Refused of why: string

/// How one engine keeps one part.
type PartVerdict = { Part: PartId; Verdict: Verdict }

/// A schema as one engine can keep it, with a verdict for every declared part.
type Projected = { Schema: Schema; Verdicts: PartVerdict list }

/// How a dialect carries out some steps: statements that run one after another.
type Operation = { Statements: string list; Covers: Step list }

/// Operations that belong together: one transaction, or one statement that must stand alone.
type Segment = { Transactional: bool; Operations: Operation list }

/// A difference between the recorded and the live state that nobody declared.
type Drift = { Part: PartId; Message: string }

/// Everything that would happen to one plugin's objects, as a value: print it, save it, review it, approve it.
type Plan =
    {
        Plugin: string
        Namespace: string
        Engine: Capabilities
        /// Hash of the declared schema on record; empty when there is none.
        FromHash: string
        /// Hash of the declared schema.
        ToHash: string
        Steps: Step list
        Segments: Segment list
        Verdicts: PartVerdict list
        Findings: JudgedFinding list
        Drift: Drift list
        /// Objects that are there but are not modelled, in words.
        Unmodelled: string list
        /// SHA-256 over the two hashes, the steps, the statements and the hazards; never over counts of rows.
        Hash: string
    }

    member this.IsEmpty = this.Steps.IsEmpty

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Plan =
    let statements (plan: Plan) = plan.Segments |> List.collect _.Operations |> List.collect _.Statements

    let private judged judgement (plan: Plan) = plan.Findings |> List.filter (fun f -> f.Judgement = judgement)

    let blocked (plan: Plan) = judged Judgement.Blocked plan
    let refused (plan: Plan) = judged Judgement.Refused plan
    let warned (plan: Plan) = judged Judgement.Warned plan

    /// The consents that would let the blocked steps through.
    let consentsNeeded (plan: Plan) : Consent list =
        blocked plan
        |> List.map (fun f ->
            Consent.give f.Finding.Hazard.Code (string f.Finding.Hazard.Part) plan.FromHash plan.ToHash)

    let describeFinding (judged: JudgedFinding) =
        let finding = judged.Finding

        let counted (rows: int64) = if rows = 1L then "1 row" else $"{rows} rows"

        let rows =
            match finding.Rows, finding.Samples with
            | Some 0L, _
            | None, _ -> ""
            | Some rows, [] -> $" ({counted rows})"
            | Some rows, samples ->
                let examples = String.concat ", " samples
                $" ({counted rows}, such as {examples})"

        $"{finding.Hazard.Code}: {finding.Hazard.Message}{rows}"

    let private counted (steps: Step list) = if steps.Length = 1 then "1 step" else $"{steps.Length} steps"

    /// A new table takes a line for each of its parts.
    let private stepLines (step: Step) =
        match step with
        | Step.CreateTable table ->
            [ $"create table {table.Name}"
              for column in table.Columns do
                  $"      {Describe.columnText column}"
              for definition in Table.constraints table do
                  $"      {Describe.constraintText definition}" ]
        | other -> [ Describe.step other ]

    /// The plan for people, line by line.
    let describe (plan: Plan) : string =
        [ if plan.Steps.IsEmpty then
              $"{plan.Plugin}: nothing to do"
          else
              $"{plan.Plugin}: {counted plan.Steps} on {plan.Engine.Flavour} {plan.Engine.Version}"

          for step in plan.Steps do
              let lines = stepLines step
              $"  + {lines.Head}"
              yield! lines.Tail

          for verdict in plan.Verdicts do
              match verdict.Verdict with
              | Verdict.Omitted why -> $"  ~ {verdict.Part} is left out here: {why}"
              | Verdict.Exact
              | Verdict.Emulated _
              | Verdict.Refused _ -> ()

          for finding in plan.Findings do
              match finding.Judgement with
              | Judgement.Informed -> ()
              | Judgement.Warned -> $"  ! {describeFinding finding}"
              | Judgement.Consented -> $"  ! {describeFinding finding} (consented)"
              | Judgement.Blocked -> $"  x blocked: {describeFinding finding} {finding.Finding.Hazard.Advice}"
              | Judgement.Refused -> $"  x refused: {describeFinding finding} {finding.Finding.Hazard.Advice}"

          for drift in plan.Drift do
              $"  ? drift: {drift.Message}" ]
        |> String.concat "\n"
