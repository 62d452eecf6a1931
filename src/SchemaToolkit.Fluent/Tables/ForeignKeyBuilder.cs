using System.Reflection;
using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>What happens to a row when the row it references goes or changes its key.</summary>
public enum ReferentialAction
{
    /// <summary>The change is refused, at the end of the statement.</summary>
    NoAction,

    /// <summary>The change is refused at once.</summary>
    Restrict,

    /// <summary>The row goes, or changes, too.</summary>
    Cascade,

    /// <summary>The referencing columns become NULL.</summary>
    SetNull,

    /// <summary>The referencing columns take their defaults.</summary>
    SetDefault,
}

/// <summary>Says more about a foreign key.</summary>
public sealed class ForeignKeyBuilder
{
    private readonly List<Func<Core.ForeignKey, Core.ForeignKey>> changes = [];

    internal ForeignKeyBuilder()
    {
    }

    /// <summary>When the referenced row is deleted.</summary>
    public ForeignKeyBuilder OnDelete(ReferentialAction action) => Change(key => Core.ForeignKeyModule.onDelete(ToCore(action), key));

    /// <summary>When the referenced key changes.</summary>
    public ForeignKeyBuilder OnUpdate(ReferentialAction action) => Change(key => Core.ForeignKeyModule.onUpdate(ToCore(action), key));

    /// <summary>Gives the constraint a name other than <c>table_columns_fkey</c>.</summary>
    public ForeignKeyBuilder Named(string name) => Change(key => Core.ForeignKeyModule.named(name, key));

    /// <summary>Checked when the transaction commits.</summary>
    public ForeignKeyBuilder Deferred() =>
        Change(key => Core.ForeignKeyModule.deferrable(Core.Deferrability.InitiallyDeferred, key));

    /// <summary>Checked after each statement, until a transaction says <c>SET CONSTRAINTS … DEFERRED</c>.</summary>
    public ForeignKeyBuilder Deferrable() =>
        Change(key => Core.ForeignKeyModule.deferrable(Core.Deferrability.InitiallyImmediate, key));

    internal Core.ForeignKey Apply(Core.ForeignKey key) => changes.Aggregate(key, (sofar, change) => change(sofar));

    private static Core.ReferentialAction ToCore(ReferentialAction action) => action switch
    {
        ReferentialAction.NoAction => Core.ReferentialAction.NoAction,
        ReferentialAction.Restrict => Core.ReferentialAction.Restrict,
        ReferentialAction.Cascade => Core.ReferentialAction.Cascade,
        ReferentialAction.SetNull => Core.ReferentialAction.SetNull,
        ReferentialAction.SetDefault => Core.ReferentialAction.SetDefault,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private ForeignKeyBuilder Change(Func<Core.ForeignKey, Core.ForeignKey> change)
    {
        changes.Add(change);
        return this;
    }
}

/// <summary>A foreign key whose target is looked up when the whole schema is known.</summary>
internal interface IForeignKeyDraft
{
    Core.Table AddTo(Core.Table table, Func<Type, ITable> tableOf);
}

internal sealed class ForeignKeyDraft<TOther>(
    ForeignKeyBuilder builder,
    IReadOnlyList<PropertyInfo> properties,
    IReadOnlyList<PropertyInfo> targets,
    Table<TOther>? given,
    Func<PropertyInfo, string> columnOf) : IForeignKeyDraft where TOther : class
{
    public Core.Table AddTo(Core.Table table, Func<Type, ITable> tableOf)
    {
        if (properties.Count != targets.Count)
        {
            throw new ArgumentException(
                $"the foreign key to {typeof(TOther).Name} pairs {properties.Count} columns with {targets.Count}.");
        }

        var target = given ?? (Table<TOther>)tableOf(typeof(TOther));
        var pairs = properties.Zip(targets, (mine, other) => Tuple.Create<Core.ColumnHandle?, Core.ColumnHandle?>(
            new Core.ColumnHandle(Drafts.Definition(columnOf(mine), Core.ColumnType.Text)),
            target.Map.Column(other).Handle));
        return Core.TableModule.referencesWith(
            FuncConvert.FromFunc<Core.ForeignKey, Core.ForeignKey>(builder.Apply), target.Definition, pairs.ToFSharpList(), table);
    }
}
