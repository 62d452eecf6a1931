using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>Says more about a sequence (PostgreSQL manual, CREATE SEQUENCE). Unasked it counts 1, 2, 3 … as <c>bigint</c>.</summary>
public sealed class SequenceBuilder : ObjectBuilder<SequenceBuilder>
{
    internal SequenceBuilder(string name) : base(name, _ => Core.Sequence.define(name))
    {
    }

    /// <summary>The type of its numbers, <c>short</c>, <c>int</c> or <c>long</c>: up to that type's largest.</summary>
    /// <exception cref="ArgumentException">Another type.</exception>
    public SequenceBuilder OfType<TNumber>() where TNumber : struct
    {
        var (type, last) = typeof(TNumber) switch
        {
            var t when t == typeof(short) => (Core.ColumnType.SmallInt, short.MaxValue),
            var t when t == typeof(int) => (Core.ColumnType.Integer, int.MaxValue),
            var t when t == typeof(long) => (Core.ColumnType.BigInt, long.MaxValue),
            var other => throw new ArgumentException($"A sequence counts in short, int or long, not in {other.Name}."),
        };
        return Change(FSharpFunc(Core.Sequence.ofType(type, last)));
    }

    /// <summary>The first number.</summary>
    public SequenceBuilder StartingAt(long first) => Change(FSharpFunc(Core.Sequence.startingAt(first)));

    /// <summary>The step from one number to the next; negative to count down.</summary>
    public SequenceBuilder IncrementingBy(long step) => Change(FSharpFunc(Core.Sequence.incrementingBy(step)));

    /// <summary>The limits; beyond them the sequence is an error, or starts again when <see cref="Cycling"/>.</summary>
    public SequenceBuilder Between(long minimum, long maximum) => Change(FSharpFunc(Core.Sequence.between(minimum, maximum)));

    /// <summary>Starts again after the last number.</summary>
    public SequenceBuilder Cycling() => Change(Core.Sequence.cycling);

    /// <summary>Each session draws so many numbers at once; those it does not use are gaps.</summary>
    public SequenceBuilder Caching(long numbers) => Change(FSharpFunc(Core.Sequence.caching(numbers)));

    /// <summary>Goes with the column: <c>ticket.OwnedBy((Ticket t) => t.Number)</c>.</summary>
    public SequenceBuilder OwnedBy<T>(Expression<Func<T, object?>> column) where T : class
    {
        var property = MemberPath.Single(column);
        Add((sequence, tableOf) =>
        {
            var table = tableOf(typeof(T));
            var handle = new Core.ColumnHandle(Drafts.Definition(table.ColumnOf(property), Core.ColumnType.BigInt));
            return Core.Sequence.ownedBy(table.Definition, handle).Invoke(sequence);
        });
        return this;
    }

    private static Func<Core.SchemaObject, Core.SchemaObject> FSharpFunc(FSharpFunc<Core.SchemaObject, Core.SchemaObject> change) => change.Invoke;
}
