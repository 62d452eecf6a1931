using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>Says more about an action.</summary>
public sealed class ActionBuilder
{
    private readonly Func<Core.Agents.Context, Turn> turnOf;
    private Core.Agents.Action action;

    internal ActionBuilder(Core.Agents.Action action, Func<Core.Agents.Context, Turn> turnOf)
    {
        this.action = action;
        this.turnOf = turnOf;
    }

    /// <summary>Runs only for messages that pass.</summary>
    public ActionBuilder When(Func<Turn, Task<bool>> passes) => Change(Core.Agents.ActionModule.validate(
        FuncConvert.FromFunc<Core.Agents.Context, Task<bool>>(context => Guarded.Body(() => passes(turnOf(context)))), action));

    /// <summary>Runs only for texts that pass.</summary>
    public ActionBuilder WhenText(Func<string, bool> passes) =>
        Change(Core.Agents.ActionModule.whenText(FuncConvert.FromFunc(passes), action));

    /// <summary>Runs only for texts that hold one of the words, in any case.</summary>
    public ActionBuilder WhenTextHas(params IEnumerable<string> words) =>
        Change(Core.Agents.ActionModule.whenTextHas(words.ToFSharpList(), action));

    /// <summary>The action deletes or cannot be undone: a person agrees before a model may run it.</summary>
    public ActionBuilder NeedsApproval() => Change(Core.Agents.ActionModule.needsApproval(action));

    /// <summary>How long the handler may take.</summary>
    public ActionBuilder Timeout(TimeSpan limit) => Change(Core.Agents.ActionModule.timeout(limit, action));

    internal Core.Agents.Action Build() => action;

    private ActionBuilder Change(Core.Agents.Action changed)
    {
        action = changed;
        return this;
    }
}
