namespace SchemaToolkit.Fluent;

/// <summary>The base of every exception that the toolkit raises on purpose. The message says what happened, where, and the way out.</summary>
public abstract class SchemaToolkitException : Exception
{
    private protected SchemaToolkitException(string message, Exception? cause) : base(message, cause)
    {
    }
}

/// <summary>A schema was declared in a way that cannot be a schema. No database was touched.</summary>
public sealed class SchemaDefinitionException : SchemaToolkitException
{
    internal SchemaDefinitionException(string where, IReadOnlyList<string> problems)
        : base(Describe(where, problems), null) => Problems = problems;

    /// <summary>Every problem found, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(string where, IReadOnlyList<string> problems) =>
        problems.Count == 1
            ? $"{where}: {problems[0]}"
            : $"{where} has {problems.Count} problems:{string.Concat(problems.Select(each => $"{Environment.NewLine}- {each}"))}";
}
