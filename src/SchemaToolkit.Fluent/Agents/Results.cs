using Microsoft.FSharp.Collections;

namespace SchemaToolkit.Fluent;

/// <summary>What an action did.</summary>
public sealed record ActionResult
{
    private ActionResult(bool success, string text, object? data, string? error) =>
        (Success, Text, Data, Error) = (success, text, data, error);

    /// <summary>Whether it was done.</summary>
    public bool Success { get; }

    /// <summary>For the user; may be empty.</summary>
    public string Text { get; }

    /// <summary>For the program; null when there is none.</summary>
    public object? Data { get; }

    /// <summary>What happened and the way out, when it was not done.</summary>
    public string? Error { get; }

    /// <summary>Done.</summary>
    public static ActionResult Ok(string text, object? data = null) => new(true, text, data, null);

    /// <summary>Not done.</summary>
    /// <param name="error">What happened and the way out.</param>
    public static ActionResult Failed(string error) => new(false, "", null, error);

    internal static ActionResult Of(Core.Agents.ActionResult value) => new(value.Success, value.Text, value.Data, value.Error?.Value);

    internal Core.Agents.ActionResult ToCore() => new(Success, Text, Data, Error.ToOption());
}

/// <summary>What a provider knows. Treat it as immutable: a cached one is shared.</summary>
/// <param name="Text">Becomes part of the agent's context; empty when there is nothing to say.</param>
public sealed record ProviderResult(string Text)
{
    /// <summary>Nothing to say.</summary>
    public static ProviderResult Empty { get; } = new("");

    /// <summary>For templates, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>For the program; null when there is none. A cache outside this process keeps it as JSON.</summary>
    public object? Data { get; init; }

    internal static ProviderResult Of(Core.Agents.ProviderResult value) => new(value.Text) { Values = value.Values, Data = value.Data };

    internal Core.Agents.ProviderResult ToCore() =>
        new(Text, MapModule.OfSeq(Values.Select(each => Tuple.Create(each.Key, each.Value))), Data);
}
