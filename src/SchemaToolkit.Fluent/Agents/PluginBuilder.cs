using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>An action as a class of its own, for those that need services or tests of their own.</summary>
public interface IAgentAction
{
    /// <summary>Letters, digits, <c>_</c> and <c>-</c>, at most 64: also the name by which a model calls it.</summary>
    string Name { get; }

    /// <summary>Tells people and models when to use it.</summary>
    string Description { get; }

    /// <summary>Whether the message asks for it.</summary>
    Task<bool> ValidateAsync(Turn turn);

    /// <summary>Does it.</summary>
    Task<ActionResult> HandleAsync(Turn turn);
}

/// <summary>A provider as a class of its own.</summary>
public interface IAgentProvider
{
    /// <summary>Letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    string Name { get; }

    /// <summary>Tells people and models what it knows.</summary>
    string Description { get; }

    /// <summary>What it knows in this turn.</summary>
    Task<ProviderResult> GetAsync(Turn turn);
}

/// <summary>Collects what a plugin brings: tables, and what an agent can do and know with them.</summary>
public sealed class PluginBuilder
{
    private readonly string id;
    private readonly List<ActionBuilder> actions = [];
    private readonly List<ProviderBuilder> providers = [];
    private readonly List<string> dependencies = [];
    private string description = "";
    private PluginSchema? schema;
    private Func<PluginStart, Task> init = _ => Task.CompletedTask;

    internal PluginBuilder(string id) => this.id = id;

    /// <summary>Tells people what the plugin is for.</summary>
    public PluginBuilder Description(string text)
    {
        description = text;
        return this;
    }

    /// <summary>The tables it owns, in the namespace derived from its id.</summary>
    public PluginBuilder Schema(Action<SchemaBuilder> describe) => Schema(Fluent.Schema.For(id, describe));

    /// <summary>The tables it owns; the schema's plugin is this one.</summary>
    public PluginBuilder Schema(PluginSchema value)
    {
        schema = value;
        return this;
    }

    /// <summary>Migrated and initialised after the plugin of this id. Foreign keys to its tables count by themselves.</summary>
    public PluginBuilder DependsOn(string pluginId)
    {
        dependencies.Add(pluginId);
        return this;
    }

    /// <summary>Runs once, after every plugin's migration.</summary>
    public PluginBuilder Init(Func<PluginStart, Task> run)
    {
        init = run;
        return this;
    }

    /// <summary>Something that the agent can do, with what the turn knows.</summary>
    public ActionBuilder Action(string name, string describe, Func<Turn, Task<ActionResult>> handle) =>
        Add(Core.Agents.ActionModule.define(name, describe, Handler(handle)));

    /// <summary>Something that the agent can do with values that a model extracts from the message, or gives when it calls the action as a tool.</summary>
    /// <typeparam name="TInput">A record of text, numbers, flags, dates, enums, lists of these and records of them. Optional properties may be left out.</typeparam>
    /// <param name="name">Letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
    /// <param name="describe">Tells people and models when to use it.</param>
    /// <param name="prompt">Tells the model what to extract.</param>
    /// <param name="handle">Does it. An answer that cannot be read is a failed result; nothing is handled then.</param>
    /// <param name="format">In which form the model is asked to answer.</param>
    public ActionBuilder Action<TInput>(
        string name,
        string describe,
        string prompt,
        Func<TInput, Turn, Task<ActionResult>> handle,
        AnswerFormat format = AnswerFormat.Xml) =>
        Add(Core.Agents.ActionModule.extractingAs(
            format is AnswerFormat.Json ? Core.Agents.AnswerFormat.Json : Core.Agents.AnswerFormat.Xml,
            name,
            describe,
            prompt,
            RecordExtraction.Of<TInput>(),
            FuncConvert.FromFunc<TInput, Core.Agents.Context, Task<Core.Agents.ActionResult>>(
                (input, context) => Finish(() => handle(input, new Turn(context, schema))))));

    /// <summary>Something that the agent can do, as a class of its own.</summary>
    public ActionBuilder Action(IAgentAction action) =>
        Action(action.Name, action.Description, action.HandleAsync).When(action.ValidateAsync);

    /// <summary>Something that the agent can know: always part of its context, always fresh, unless said otherwise.</summary>
    public ProviderBuilder Provider(string name, string describe, Func<Turn, Task<ProviderResult>> get)
    {
        var builder = new ProviderBuilder(Core.Agents.ProviderModule.define(
            name,
            describe,
            FuncConvert.FromFunc<Core.Agents.Context, Task<Core.Agents.ProviderResult>>(context => Guarded.Body(
                async () => (await get(new Turn(context, schema)).ConfigureAwait(false)).ToCore()))));
        providers.Add(builder);
        return builder;
    }

    /// <summary>Something that the agent can know, as a class of its own.</summary>
    public ProviderBuilder Provider(IAgentProvider provider) => Provider(provider.Name, provider.Description, provider.GetAsync);

    internal AgentPlugin Build()
    {
        // Read when the plugin runs: nothing said after Build counts.
        var (tables, run) = (schema, init);
        return new AgentPlugin(
            new Core.Agents.Plugin(
                id,
                description,
                tables?.Value.ToOption(),
                actions.Select(each => each.Build()).ToFSharpList(),
                providers.Select(each => each.Build()).ToFSharpList(),
                FuncConvert.FromFunc<Core.Agents.Migrated, Core.Agents.InitContext, Task>(
                    (migrated, context) => Guarded.Body(async () =>
                    {
                        await run(new PluginStart(migrated, context, tables)).ConfigureAwait(false);
                        return true;
                    })),
                dependencies.ToFSharpList()),
            tables);
    }

    private static Task<Core.Agents.ActionResult> Finish(Func<Task<ActionResult>> handle) =>
        Guarded.Body(async () => (await handle().ConfigureAwait(false)).ToCore());

    private FSharpFunc<Core.Agents.Context, Task<Core.Agents.ActionResult>> Handler(Func<Turn, Task<ActionResult>> handle) =>
        FuncConvert.FromFunc<Core.Agents.Context, Task<Core.Agents.ActionResult>>(
            context => Finish(() => handle(new Turn(context, schema))));

    private ActionBuilder Add(Core.Agents.Action action)
    {
        var builder = new ActionBuilder(action, context => new Turn(context, schema));
        actions.Add(builder);
        return builder;
    }
}

/// <summary>In which form a model is asked to answer.</summary>
public enum AnswerFormat
{
    /// <summary>Key-value XML, which every model can write.</summary>
    Xml,

    /// <summary>Structured output: JSON of a given schema, for models and providers that support it.</summary>
    Json,
}
