namespace SchemaToolkit.Cli

open System.Threading
open System.Threading.Tasks
open SchemaToolkit.PostgresObjects

/// The difference between two PostgreSQL databases.
[<RequireQualifiedAccess>]
module PostgresDiff =
    /// A snapshot holds no secrets, so those of the other side cannot be compared.
    let private withoutSecrets (before: PgDatabase) (after: PgDatabase) =
        let before, hiddenBefore = Secrets.hide before
        let after, hiddenAfter = Secrets.hide after

        Warn.objects
            $"secrets are not compared with a snapshot, {Secrets.mark} stands for them"
            (List.distinct (hiddenBefore @ hiddenAfter))

        before, after

    let private namespaces (declared: PgDatabase) =
        declared.Objects.Keys
        |> Seq.choose (fun address ->
            match address.Kind, address.Schema with
            | Kind.Schema, _ -> Some address.Name
            | _, "" -> None
            | _, schema -> Some schema)
        |> Set.ofSeq

    /// The other side as far as the declared one speaks of it, and the declared one as it would be over there.
    let private beside (declared: PgDatabase) (other: PgDatabase) =
        let missing = Narrow.missingExtensions declared other
        let mine = namespaces declared

        Narrow.toNamespaces mine missing declared |> Narrow.ownedLike other, Narrow.toNamespaces mine Set.empty other

    let private comparable (from: Endpoint, before) (target: Endpoint, after) =
        match from, target with
        | Endpoint.Assembly _, Endpoint.Assembly _ -> before, after
        | Endpoint.Assembly _, _ -> beside before after
        | _, Endpoint.Assembly _ ->
            let declared, other = beside after before
            other, declared
        | _ -> before, after

    /// What the declared side's hints rename on the other.
    let private renamed options from target before ct =
        match from, target with
        | Endpoint.Assembly _, _ -> Task.FromResult([], before)
        | _, Endpoint.Assembly path ->
            let server = PostgresSide.needServer "A declared schema is made in" options.Server
            Hints.follow server (fst (DeclaredSchemas.choose path options.Schema)) before ct
        | _, _ -> Task.FromResult([], before)

    /// The changes with what could go wrong, and what is not compared, in words.
    let between (options: SideOptions) (from: Endpoint) (target: Endpoint) (ct: CancellationToken) =
        task {
            WarmUp.start ()
            let! sides = PostgresSide.loadBoth options from target ct
            let! renames, before = renamed options from target sides[0] ct
            let before, after = comparable (from, before) (target, sides[1])

            let before, after =
                if from.IsSnapshot || target.IsSnapshot then
                    withoutSecrets before after
                else
                    before, after

            let changes = PgPlan.between Registry.rules before after
            Warn.objects "the printed statements hold secrets" (Secrets.inPlan changes)

            let judged =
                [ for change in renames do
                      change, []
                  for change, hazards in PgHazards.ofChanges before after changes do
                      change, List.map Told.ofPostgres hazards ]

            return judged, List.distinct (before.Unmodelled @ after.Unmodelled)
        }
