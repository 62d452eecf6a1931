using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>How a message is handled.</summary>
public sealed record TurnOptions
{
    /// <summary>The model calls the actions it wants, as tools; otherwise every action whose validation passes runs.</summary>
    public bool ByModel { get; init; }

    /// <summary>Providers to include that are included only on request, by name.</summary>
    public IReadOnlyList<string> Request { get; init; } = [];

    /// <summary>Asked before a model runs an action that needs approval; nobody agrees unless given.</summary>
    public Func<ApprovalRequest, Task<bool>> Approve { get; init; } = _ => Task.FromResult(false);

    /// <summary>How often a model may call tools and be told the results.</summary>
    public int MaxRounds { get; init; } = Core.Agents.TurnOptionsModule.standard.MaxRounds;

    internal Core.Agents.TurnOptions ToCore(CancellationToken cancellationToken) => new(
        ByModel ? Core.Agents.Choice.ByModel : Core.Agents.Choice.AllValid,
        Request.ToFSharpList(),
        FuncConvert.FromFunc<Core.Agents.ApprovalRequest, Task<bool>>(request => Approve(ApprovalRequest.Of(request))),
        MaxRounds,
        cancellationToken);
}

/// <summary>A model wants to run an action that a person has to agree to.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Arguments">What the model gives it.</param>
/// <param name="Message">What the user said.</param>
public sealed record ApprovalRequest(string Action, System.Text.Json.JsonElement Arguments, AgentMessage Message)
{
    internal static ApprovalRequest Of(Core.Agents.ApprovalRequest value) =>
        new(value.Action, value.Arguments, AgentMessage.Of(value.Message));
}

/// <summary>How one action of a turn ended.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Action">The action's name.</param>
/// <param name="Result">What it did.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ActionOutcome(string Plugin, string Action, ActionResult Result, TimeSpan Duration);

/// <summary>What came of a message.</summary>
/// <param name="Outcomes">In the order they ran; actions that a validation ruled out are not in it.</param>
/// <param name="Reply">What the model said at the end, where it chose.</param>
/// <param name="Failure">Why the model's part ended early; what its actions did stays done.</param>
/// <param name="Refused">Actions that nobody agreed to.</param>
public sealed record TurnResult(IReadOnlyList<ActionOutcome> Outcomes, string? Reply, string? Failure, IReadOnlyList<string> Refused)
{
    internal static TurnResult Of(Core.Agents.TurnResult value) => new(
        [.. value.Outcomes.Select(each => new ActionOutcome(each.Plugin, each.Action, ActionResult.Of(each.Result), each.Duration))],
        value.Reply?.Value,
        value.Failure?.Value,
        [.. value.Refused]);
}

/// <summary>What one provider said.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Result">What it knows.</param>
public sealed record ProviderPart(string Plugin, string Provider, ProviderResult Result);

/// <summary>A provider that gave nothing.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Error">Why.</param>
public sealed record ProviderFailure(string Plugin, string Provider, string Error);

/// <summary>What the providers know for a message.</summary>
/// <param name="Text">Their texts, in the order of plugins and declaration, an empty line between them.</param>
/// <param name="Values">Their values under <c>PROVIDER.name</c>.</param>
/// <param name="Parts">Each one's own.</param>
/// <param name="Failures">Those that gave nothing.</param>
public sealed record Composition(
    string Text, IReadOnlyDictionary<string, string> Values, IReadOnlyList<ProviderPart> Parts, IReadOnlyList<ProviderFailure> Failures)
{
    internal static Composition Of(Core.Agents.Composition value) => new(
        value.Text,
        value.Values,
        [.. value.Parts.Select(each => new ProviderPart(each.Plugin, each.Provider, ProviderResult.Of(each.Result)))],
        [.. value.Failures.Select(each => new ProviderFailure(each.Plugin, each.Provider, each.Failure.ToString()))]);
}
