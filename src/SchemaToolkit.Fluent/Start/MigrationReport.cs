namespace SchemaToolkit.Fluent;

/// <summary>How a plugin's migration ended.</summary>
public enum MigrationState
{
    /// <summary>Recorded, live and declared agree; nothing was done.</summary>
    UpToDate,

    /// <summary>The database was changed.</summary>
    Applied,

    /// <summary>The declaration is new but asks for nothing new; that is recorded.</summary>
    Recorded,

    /// <summary>The database is newer; nothing was changed, and this program can work with it.</summary>
    OlderProgram,

    /// <summary>None of the plugin's changes was made.</summary>
    Failed,
}

/// <summary>What became of one plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Namespace">Where its tables are.</param>
/// <param name="State">How it ended.</param>
/// <param name="Changes">What was changed, one sentence a step.</param>
/// <param name="ErrorCode">A stable code when it failed, such as <c>blocked</c> or <c>lock-timeout</c>.</param>
/// <param name="Message">What happened, the state of the database now and the way out; empty when all is well.</param>
/// <param name="ConsentsNeeded">What would let a blocked migration through.</param>
public sealed record PluginOutcome(
    string Plugin,
    string Namespace,
    MigrationState State,
    IReadOnlyList<string> Changes,
    string? ErrorCode,
    string Message,
    IReadOnlyList<Consent> ConsentsNeeded)
{
    internal static PluginOutcome Of(Core.PluginOutcome outcome)
    {
        PluginOutcome With(MigrationState state, string message = "", Core.Plan? applied = null) =>
            new(outcome.Plugin, outcome.Namespace, state, Sentences(applied), null, message, []);

        return outcome.Outcome switch
        {
            Core.MigrationOutcome.Applied { plan: var plan } => With(MigrationState.Applied, applied: plan),
            Core.MigrationOutcome.Recorded => With(MigrationState.Recorded),
            Core.MigrationOutcome.OlderProgram { reason: var reason } => With(MigrationState.OlderProgram, reason),
            Core.MigrationOutcome.Failed { error: var error } => With(MigrationState.Failed, Core.MigrationErrorModule.describe(error)) with
            {
                ErrorCode = Core.MigrationErrorModule.code(error),
                ConsentsNeeded = error is Core.MigrationError.Blocked { plan: var blocked }
                    ? [.. Core.PlanModule.consentsNeeded(blocked).Select(Consent.Of)]
                    : [],
            },
            _ => With(MigrationState.UpToDate),
        };
    }

    internal static IReadOnlyList<string> Sentences(Core.Plan? plan) =>
        plan is null ? [] : [.. plan.Steps.Select(Core.Describe.step)];
}

/// <summary>What a start did, plugin by plugin, in the order they were migrated.</summary>
public sealed class MigrationReport
{
    private readonly string text;

    internal MigrationReport(Core.MigrationReport value)
    {
        Target = value.Target;
        Outcomes = [.. value.Outcomes.Select(PluginOutcome.Of)];
        text = value.ToString();
    }

    /// <summary>Host and database, or the file; never a password.</summary>
    public string Target { get; }

    /// <summary>One for each plugin that has tables.</summary>
    public IReadOnlyList<PluginOutcome> Outcomes { get; }

    /// <inheritdoc/>
    public override string ToString() => text;
}
