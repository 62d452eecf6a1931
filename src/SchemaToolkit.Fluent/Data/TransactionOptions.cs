using System.Data;

namespace SchemaToolkit.Fluent;

/// <summary>How a transaction is run, and run again when the engine could not serialise it, it lost a deadlock, or the database was busy.</summary>
public sealed record TransactionOptions
{
    /// <summary>An engine that knows only stronger isolation gives that: SQLite is always serialisable.</summary>
    public IsolationLevel Isolation { get; init; } = IsolationLevel.ReadCommitted;

    /// <summary>Runs in all, the first included.</summary>
    public int Attempts { get; init; } = Core.RetryPolicyModule.standard.Attempts;

    /// <summary>The bound of the first pause; each further one is twice as long, and a random part of its bound.</summary>
    public TimeSpan FirstPause { get; init; } = Core.RetryPolicyModule.standard.FirstPause;

    /// <summary>No pause is longer.</summary>
    public TimeSpan LongestPause { get; init; } = Core.RetryPolicyModule.standard.LongestPause;

    internal Core.TransactionOptions ToCore() => new(Isolation, new Core.RetryPolicy(Attempts, FirstPause, LongestPause));
}
