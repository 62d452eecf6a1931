namespace SchemaToolkit

/// Why a migration did not happen. Every case says what happened, where, what state the database is in, and the way out.
[<RequireQualifiedAccess>]
type MigrationError =
    /// The declared schemas are not valid; every fault is listed.
    | InvalidSchema of errors: SchemaError list
    /// The engine cannot keep these parts.
    | CannotProject of plugin: string * refused: PartVerdict list
    /// The plan would make what is there already, or take away what somebody else's objects rest on.
    | NotOurs of plugin: string * parts: PartId list
    /// The namespace is on record for another plugin.
    | NamespaceTaken of plugin: string * ns: string * owner: string
    /// Consent is needed, or rows stand in the way.
    | Blocked of plan: Plan
    /// The database was migrated by a newer version, and this one cannot work with it.
    | OlderThanDatabase of plugin: string * missing: string list
    /// `committed` segments of the plan came before, and stay: they are on record as partial.
    | StatementFailed of plugin: string * statement: string * failure: DatabaseFailure * committed: int
    /// The statements ran but the catalog is not what was planned.
    | VerificationFailed of plugin: string * differences: string list
    /// The approved plan is not the plan that would run now.
    | PlanChanged of plugin: string * approved: string * now: string
    | LedgerMissing of target: string * failure: DatabaseFailure
    /// The ledger's tables are there but are not ours, or a newer toolkit made them.
    | LedgerUnreadable of target: string * reason: string
    | LockTimeout of target: string * holder: string
    | Unreachable of target: string * failure: DatabaseFailure
    /// A plugin that this one needs did not migrate.
    | DependencyFailed of plugin: string * dependency: string
    | CircularPlugins of plugins: string list

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module MigrationError =
    /// Stable, for programs.
    let code (error: MigrationError) =
        match error with
        | MigrationError.InvalidSchema _ -> "invalid-schema"
        | MigrationError.CannotProject _ -> "cannot-project"
        | MigrationError.NotOurs _ -> "not-ours"
        | MigrationError.NamespaceTaken _ -> "namespace-taken"
        | MigrationError.Blocked _ -> "blocked"
        | MigrationError.OlderThanDatabase _ -> "older-than-database"
        | MigrationError.StatementFailed _ -> "statement-failed"
        | MigrationError.VerificationFailed _ -> "verification-failed"
        | MigrationError.PlanChanged _ -> "plan-changed"
        | MigrationError.LedgerMissing _ -> "ledger-missing"
        | MigrationError.LedgerUnreadable _ -> "ledger-unreadable"
        | MigrationError.LockTimeout _ -> "lock-timeout"
        | MigrationError.Unreachable _ -> "unreachable"
        | MigrationError.DependencyFailed _ -> "dependency-failed"
        | MigrationError.CircularPlugins _ -> "circular-plugins"

    let private unchanged = "The database is unchanged."
    let private short (hash: string) = hash.Substring(0, min 12 hash.Length)
    let private lines (items: string seq) = items |> Seq.map (fun item -> $"  - {item}") |> String.concat "\n"

    let private blocked (plan: Plan) =
        let findings = Plan.blocked plan @ Plan.refused plan

        let consents =
            match Plan.consentsNeeded plan with
            | [] -> ""
            | needed ->
                let words = needed |> List.map string |> lines
                $"\nTo consent, for this change alone:\n{words}"

        [ $"The migration of {plan.Plugin} is blocked."
          findings |> List.map (fun f -> $"{Plan.describeFinding f} {f.Finding.Hazard.Advice}") |> lines
          unchanged + consents ]

    /// What happened, where, the state of the database now, the way out.
    let describe (error: MigrationError) : string =
        match error with
        | MigrationError.InvalidSchema errors ->
            [ "The declared schema is not valid."; errors |> List.map string |> lines; unchanged ]
        | MigrationError.CannotProject(plugin, refused) ->
            let reasons =
                refused
                |> List.map (fun v ->
                    match v.Verdict with
                    | Verdict.Refused why -> $"{v.Part}: {why}"
                    | Verdict.Exact
                    | Verdict.Emulated _
                    | Verdict.Omitted _ -> string v.Part)

            [ $"This engine cannot keep everything that {plugin} declares."
              lines reasons
              $"{unchanged} Use an engine that can, or declare the part for another engine only (onlyOn)." ]
        | MigrationError.NotOurs(plugin, parts) ->
            [ $"The plan of {plugin} meets objects that it did not make."
              parts |> List.map string |> lines
              $"{unchanged} Choose other names, adopt the tables by explicit wish (MigrationOptions.Adopt), or have the owner take the objects away." ]
        | MigrationError.NamespaceTaken(plugin, ns, owner) ->
            [ $"The namespace {ns} belongs to {owner}; {plugin} cannot have it too."
              $"{unchanged} Give one of them a namespace of its own (Schema.inNamespace)." ]
        | MigrationError.Blocked plan -> blocked plan
        | MigrationError.OlderThanDatabase(plugin, missing) ->
            [ $"This program is older than the database: a newer version of {plugin} has migrated it, and this one cannot work with what is there."
              lines missing
              $"{unchanged} Deploy the newer version; going back is a rollback, never a start." ]
        | MigrationError.StatementFailed(plugin, statement, failure, committed) ->
            let state =
                if committed = 0 then
                    "Everything of this plugin's migration was rolled back"
                else
                    $"The first {committed} parts of the plan were committed before and stand in the ledger as partial; the rest was rolled back"

            [ $"A statement of the migration of {plugin} failed: {failure.Message} ({failure.Code})."
              $"  {statement}"
              $"{state}; the attempt is recorded in the ledger. Correct the cause and start again." ]
        | MigrationError.VerificationFailed(plugin, differences) ->
            [ $"After its statements ran, the catalog was not what the migration of {plugin} planned."
              lines differences
              "What was not committed before was rolled back. If neither an event trigger nor another session changes these objects, this is a fault of the toolkit: please report the plan." ]
        | MigrationError.PlanChanged(plugin, approved, now) ->
            [ $"The plan of {plugin} that was agreed on ({short approved}) is not the one that would run now ({short now})."
              $"{unchanged} Plan again, look at it, and approve that one." ]
        | MigrationError.LedgerMissing(target, failure) ->
            [ $"The ledger of {target} does not exist and could not be created: {failure.Message} ({failure.Code})."
              $"{unchanged} Use a database that may be written. On PostgreSQL the role needs GRANT CREATE ON DATABASE … TO …; or let an administrator start the program once, and GRANT USAGE ON SCHEMA migrations and SELECT ON ALL TABLES IN SCHEMA migrations to the role." ]
        | MigrationError.LedgerUnreadable(target, reason) ->
            [ $"The ledger of {target} cannot be read: {reason}"
              $"{unchanged} If another tool owns 'migrations' there, use another database; if a newer toolkit made it, update this program." ]
        | MigrationError.LockTimeout(target, holder) ->
            [ $"The migration lock of {target} was not free in time. {holder}"
              $"{unchanged} Wait for the other program, or raise MigrationOptions.LockTimeout." ]
        | MigrationError.Unreachable(target, failure) ->
            [ $"{target} could not be used: {failure.Message} ({failure.Code})."
              "No migration was begun. Check the address (the file's path), the rights, and that the server runs." ]
        | MigrationError.DependencyFailed(plugin, dependency) ->
            [ $"{plugin} was not tried because {dependency}, whose tables it references, did not migrate."
              "Nothing of it was changed." ]
        | MigrationError.CircularPlugins plugins ->
            let names = String.concat ", " plugins

            [ $"These plugins reference each other's tables in a circle: {names}."
              $"{unchanged} Move the shared table into a plugin of its own." ]
        |> List.filter (fun line -> line <> "")
        |> String.concat "\n"
