namespace SchemaToolkit.Fluent;

/// <summary>Everything that would happen to one plugin's objects, as a value: print it, review it.</summary>
public sealed class MigrationPlan
{
    private readonly Core.Plan value;

    internal MigrationPlan(Core.Plan value) => this.value = value;

    /// <summary>The plugin's id.</summary>
    public string Plugin => value.Plugin;

    /// <summary>Nothing would happen.</summary>
    public bool IsEmpty => value.IsEmpty;

    /// <summary>Something in it needs consent, or rows stand in its way.</summary>
    public bool IsBlocked => !Core.PlanModule.blocked(value).IsEmpty || !Core.PlanModule.refused(value).IsEmpty;

    /// <summary>What would change, one sentence a step.</summary>
    public IReadOnlyList<string> Steps => PluginOutcome.Sentences(value);

    /// <summary>The SQL that would run.</summary>
    public IReadOnlyList<string> Statements => [.. Core.PlanModule.statements(value)];

    /// <summary>What would let the blocked steps through.</summary>
    public IReadOnlyList<Consent> ConsentsNeeded => [.. Core.PlanModule.consentsNeeded(value).Select(Consent.Of)];

    /// <summary>SHA-256 of what would run, never of how many rows there are.</summary>
    public string Hash => value.Hash;

    /// <summary>The plan for people, line by line.</summary>
    public override string ToString() => Core.PlanModule.describe(value);
}

/// <summary>One entry of the ledger: a migration that was applied, recorded, or failed.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Namespace">Where its tables are.</param>
/// <param name="Outcome"><c>applied</c>, <c>recorded</c>, <c>adopted</c> or <c>failed</c>.</param>
/// <param name="DeclaredHash">The declared schema's hash.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Error">What failed, when it did.</param>
public sealed record LedgerEntry(
    long Id, string Plugin, string Namespace, string Outcome, string DeclaredHash, DateTimeOffset StartedAt, TimeSpan Duration, string? Error)
{
    internal static LedgerEntry Of(Core.LedgerEntry entry) => new(
        entry.Id,
        entry.Plugin,
        entry.Namespace,
        entry.Outcome,
        entry.DeclaredHash,
        DateTimeOffset.Parse(entry.StartedAt, System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan.FromMilliseconds(entry.DurationMs),
        entry.Error?.Value);
}
