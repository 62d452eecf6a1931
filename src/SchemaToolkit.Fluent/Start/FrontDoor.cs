extern alias FrontDoor;

using Microsoft.FSharp.Core;
using Front = FrontDoor::SchemaToolkit;

namespace SchemaToolkit.Fluent;

/// <summary>The F# front door, whose module Database shares its name with the data layer's type: hence the alias, and this one file.</summary>
internal static class FrontDoor
{
    public static Front.ToolkitOptions ToFront(this ToolkitOptions options)
    {
        var given = options.Given;
        var front = Front.ToolkitOptionsModule.forApp(given.App);
        if (given.Database is { } text) front = Front.ToolkitOptionsModule.database(text, front);
        if (options.GivenStage is { } stage) front = Front.ToolkitOptionsModule.stage(ToCore(stage), front);
        front = Front.ToolkitOptionsModule.consenting(given.Consents.Select(each => each.ToCore()).ToFSharpList(), front);
        front = Front.ToolkitOptionsModule.adopting(
            given.Adopted.Select(each => Core.ObjectNameModule.create(each.Namespace, each.Name)).ToFSharpList(), front);

        var migration = front.Migration;
        return new(
            front.App,
            front.Database,
            new(
                migration.Policy,
                given.LockTimeout ?? migration.LockTimeout,
                migration.Adopt,
                migration.Approved,
                migration.Observe,
                options.GivenTime ?? migration.Time),
            options.GivenAnnounce is { } announce ? FuncConvert.FromAction(announce) : front.Announce);
    }

    /// <summary>The database without migrating anything.</summary>
    /// <exception cref="DatabaseAddressException">None is configured.</exception>
    public static Core.Database Connect(ToolkitOptions options) => Front.Database.connect(Address(options.ToFront()));

    /// <summary>Migrates and connects; the database is null when a plugin failed.</summary>
    /// <exception cref="DatabaseAddressException">None is configured.</exception>
    public static async Task<(Core.Database? Database, Core.MigrationReport Report)> Start(
        ToolkitOptions options, IEnumerable<Core.Schema> schemas, CancellationToken cancellationToken)
    {
        try
        {
            var started = await Front.Toolkit.tryStart(options.ToFront(), schemas.ToFSharpList(), cancellationToken).ConfigureAwait(false);
            return started.IsOk ? (started.ResultValue.Database, started.ResultValue.Report) : (null, started.ErrorValue.Report);
        }
        catch (Front.DatabaseAddressException error)
        {
            throw new DatabaseAddressException(error.Message);
        }
    }

    public static async Task<Core.Plan> Plan(ToolkitOptions options, PluginSchema schema)
    {
        try
        {
            var planned = await Front.Toolkit.plan(options.ToFront(), schema.Value).ConfigureAwait(false);
            return planned.IsOk
                ? planned.ResultValue
                : throw new MigrationException(new MigrationReport(new Core.MigrationReport("", new[]
                {
                    new Core.PluginOutcome(schema.Plugin, schema.Namespace, Core.MigrationOutcome.NewFailed(planned.ErrorValue)),
                }.ToFSharpList())));
        }
        catch (Front.DatabaseAddressException error)
        {
            throw new DatabaseAddressException(error.Message);
        }
    }

    public static async Task<IReadOnlyList<Core.LedgerEntry>> History(ToolkitOptions options)
    {
        try
        {
            return [.. await Front.Toolkit.history(options.ToFront()).ConfigureAwait(false)];
        }
        catch (Front.DatabaseAddressException error)
        {
            throw new DatabaseAddressException(error.Message);
        }
    }

    private static Front.DatabaseAddress Address(Front.ToolkitOptions options)
    {
        var address = Front.ToolkitOptionsModule.address(options);
        return address.IsOk ? address.ResultValue : throw new DatabaseAddressException(address.ErrorValue);
    }

    private static Core.Stage ToCore(Stage stage) => stage switch
    {
        Stage.Development => Core.Stage.Development,
        Stage.Production => Core.Stage.Production,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
