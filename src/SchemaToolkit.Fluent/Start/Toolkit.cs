using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>Plugins at work on a migrated database.</summary>
public sealed class Toolkit : IAsyncDisposable, IDisposable
{
    private readonly IReadOnlyList<AgentPlugin> plugins;
    private readonly Core.Agents.Runtime runtime;

    private Toolkit(Core.Database database, MigrationReport report, IReadOnlyList<AgentPlugin> plugins, Core.Agents.Runtime runtime)
    {
        this.plugins = plugins;
        this.runtime = runtime;
        Database = new Database(database);
        Report = report;
    }

    /// <summary>The database, in the namespace of the first plugin.</summary>
    public Database Database { get; }

    /// <summary>What the start did.</summary>
    public MigrationReport Report { get; }

    /// <summary>Resolves the plugins, migrates all of them, then initialises all of them.</summary>
    /// <param name="configure">Says which database and which plugins.</param>
    /// <param name="cancellationToken">Ends the start; a migration in progress is rolled back.</param>
    /// <exception cref="DatabaseAddressException">No database is configured.</exception>
    /// <exception cref="MigrationException">At least one plugin could not be migrated.</exception>
    /// <exception cref="PluginStartException">The plugins cannot run together, or one could not be initialised.</exception>
    public static Task<Toolkit> StartAsync(Action<ToolkitOptions> configure, CancellationToken cancellationToken = default) =>
        StartAsync(ToolkitOptions.From(configure), null, cancellationToken);

    /// <summary>What a start would do to one plugin's objects now. Takes no lock and leaves nothing behind.</summary>
    /// <exception cref="DatabaseAddressException">No database is configured.</exception>
    /// <exception cref="MigrationException">It cannot be planned.</exception>
    public static async Task<MigrationPlan> PlanAsync(PluginSchema schema, Action<ToolkitOptions> configure) =>
        new(await FrontDoor.Plan(ToolkitOptions.From(configure), schema).ConfigureAwait(false));

    /// <summary>The ledger of migrations, oldest entry first.</summary>
    /// <exception cref="DatabaseAddressException">No database is configured.</exception>
    public static async Task<IReadOnlyList<LedgerEntry>> HistoryAsync(Action<ToolkitOptions> configure) =>
        [.. (await FrontDoor.History(ToolkitOptions.From(configure)).ConfigureAwait(false)).Select(LedgerEntry.Of)];

    /// <summary>The repository over the one table that holds the record.</summary>
    /// <exception cref="ArgumentException">No plugin has a table over the record, or more than one.</exception>
    public Repository<T> Repository<T>() where T : class
    {
        var found = plugins.Select(plugin => plugin.Schema?.TryTable<T>()).OfType<Table<T>>().ToArray();
        return found switch
        {
            [var only] => Database.Repository(only),
            [] => throw new ArgumentException($"No plugin has a table over {typeof(T).Name}."),
            _ => throw new ArgumentException(
                $"{found.Length} tables hold {typeof(T).Name}: {string.Join(", ", found.Select(each => each.ToString()))}. Give the one meant to Database.Repository."),
        };
    }

    /// <summary>The rows of the one view that holds the record.</summary>
    /// <exception cref="ArgumentException">No plugin has a view over the record, or more than one.</exception>
    public RowQuery<T> Query<T>() where T : class
    {
        var found = plugins.Select(plugin => plugin.Schema?.TryView<T>()).OfType<View<T>>().ToArray();
        return found switch
        {
            [var only] => Database.Query(only),
            [] => throw new ArgumentException($"No plugin has a view over {typeof(T).Name}; say .As<{typeof(T).Name}>() where the view is declared."),
            _ => throw new ArgumentException(
                $"{found.Length} views hold {typeof(T).Name}: {string.Join(", ", found.Select(each => each.ToString()))}. Give the one meant to Database.Query."),
        };
    }

    /// <summary>Runs the actions of a message. One that throws or takes too long is a failed outcome; only the turn's own cancellation is thrown.</summary>
    public async Task<TurnResult> HandleAsync(AgentMessage message, TurnOptions? options = null, CancellationToken cancellationToken = default) =>
        TurnResult.Of(await Core.Agents.RuntimeModule.handleWith(
            (options ?? new TurnOptions()).ToCore(cancellationToken), message.ToCore(), runtime).ConfigureAwait(false));

    /// <summary>What the providers know for a message. One that fails is reported and the others are kept.</summary>
    public async Task<Composition> ComposeAsync(AgentMessage message, TurnOptions? options = null, CancellationToken cancellationToken = default) =>
        Composition.Of(await Core.Agents.RuntimeModule.composeWith(
            (options ?? new TurnOptions()).ToCore(cancellationToken), message.ToCore(), runtime).ConfigureAwait(false));

    /// <summary>Closes the database's connections.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    // A container that is disposed synchronously refuses services that cannot be.
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal static async Task<Toolkit> StartAsync(ToolkitOptions options, IServiceProvider? provider, CancellationToken cancellationToken)
    {
        var plugins = options.Plugins(provider);
        var resolved = Core.Agents.RuntimeModule.resolve(plugins.Select(each => each.Value).ToFSharpList());
        if (resolved.IsError)
            throw new PluginStartException(StartPhase.Resolve, Core.Agents.StartError.NewResolve(resolved.ErrorValue).ToString());

        Core.Database? database = null;
        Core.MigrationReport? report = null;

        async Task<FSharpResult<FSharpList<Core.Agents.PluginMigration>, FSharpList<string>>> Migrate(
            FSharpList<Core.Schema> schemas, CancellationToken token)
        {
            (database, report) = await FrontDoor.Start(options, schemas, token).ConfigureAwait(false);
            return database is null
                ? FSharpResult<FSharpList<Core.Agents.PluginMigration>, FSharpList<string>>.NewError(
                    report.Errors.Select(Core.MigrationErrorModule.describe).ToFSharpList())
                : FSharpResult<FSharpList<Core.Agents.PluginMigration>, FSharpList<string>>.NewOk(
                    report.Outcomes.Select(Changes).ToFSharpList());
        }

        var migrated = await Core.Agents.RuntimeModule.migrate(
            FuncConvert.FromFunc<FSharpList<Core.Schema>, CancellationToken, Task<FSharpResult<FSharpList<Core.Agents.PluginMigration>, FSharpList<string>>>>(Migrate),
            cancellationToken,
            resolved.ResultValue).ConfigureAwait(false);
        if (report is not null && database is null) throw new MigrationException(new MigrationReport(report));
        if (migrated.IsError) throw new PluginStartException(StartPhase.Migrate, $"{migrated.ErrorValue}");

        // Plugins without tables still have a database.
        database ??= FrontDoor.Connect(options);
        report ??= new Core.MigrationReport(database.Target, FSharpList<Core.PluginOutcome>.Empty);
        try
        {
            var started = await Core.Agents.RuntimeModule.init(Services(options, database), cancellationToken, migrated.ResultValue)
                .ConfigureAwait(false);
            return started.IsOk
                ? new Toolkit(database, new MigrationReport(report), plugins, started.ResultValue)
                : throw new PluginStartException(StartPhase.Init, $"{started.ErrorValue}");
        }
        catch
        {
            await ((IAsyncDisposable)database).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Core.Agents.PluginMigration Changes(Core.PluginOutcome outcome) =>
        new(outcome.Plugin, PluginOutcome.Of(outcome).Changes.ToFSharpList());

    private static Core.Agents.Services Services(ToolkitOptions options, Core.Database database)
    {
        var services = Core.Agents.ServicesModule.create(database, options.GivenChat ?? new NoChatClient());
        if (options.GivenCache is { } cache) services = Core.Agents.ServicesModule.withCache(cache, services);
        if (options.GivenTime is { } time) services = Core.Agents.ServicesModule.withTime(time, services);
        if (options.GivenLoggers is { } loggers) services = Core.Agents.ServicesModule.withLoggers(loggers, services);
        return options.GivenStage switch
        {
            null => services,
            Stage.Development => Core.Agents.ServicesModule.withVerbosity(Core.Agents.Verbosity.Verbose, services),
            _ => Core.Agents.ServicesModule.withVerbosity(Core.Agents.Verbosity.Quiet, services),
        };
    }
}
