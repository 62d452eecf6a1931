namespace SchemaToolkit.Fluent;

/// <summary>No database is configured, or the text does not say which. Nothing was opened. The message never repeats the text, which may hold a password.</summary>
public sealed class DatabaseAddressException : SchemaToolkitException
{
    internal DatabaseAddressException(string message) : base(message, null)
    {
    }
}

/// <summary>At least one plugin could not be migrated; no plugin was initialised. The report lists every outcome.</summary>
public sealed class MigrationException : SchemaToolkitException
{
    internal MigrationException(MigrationReport report) : base(report.ToString(), null) => Report = report;

    /// <summary>What became of each plugin, and the state of the database now.</summary>
    public MigrationReport Report { get; }

    /// <summary>What would let the blocked migrations through; empty when consent is not what is missing.</summary>
    public IReadOnlyList<Consent> ConsentsNeeded => [.. Report.Outcomes.SelectMany(outcome => outcome.ConsentsNeeded)];
}

/// <summary>Where a start of plugins stopped.</summary>
public enum StartPhase
{
    /// <summary>The plugins cannot run together; the database was not touched.</summary>
    Resolve,

    /// <summary>No plugin was initialised; what was migrated stays migrated.</summary>
    Migrate,

    /// <summary>Everything is migrated, but not every plugin was initialised.</summary>
    Init,
}

/// <summary>The plugins did not start.</summary>
public sealed class PluginStartException : SchemaToolkitException
{
    internal PluginStartException(StartPhase phase, string message) : base(message, null) => Phase = phase;

    /// <summary>Where it stopped.</summary>
    public StartPhase Phase { get; }
}
