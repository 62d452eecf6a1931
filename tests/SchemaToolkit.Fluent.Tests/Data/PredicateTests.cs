using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

public static class PredicateTests
{
    public sealed record Item(int Id, byte Size, Mood Mood, Mood? Last, string? Note, bool Sold, decimal? Price);

    private static readonly Table<Item> Items = Table.Define<Item>("items");

    private static string Show(Predicate predicate) => predicate switch
    {
        Predicate.Compare(var column, var comparison, var value) => $"{column.Definition.Name} {comparison} {value}:{value.GetType().Name}",
        Predicate.IsNull(var column) => $"{column.Definition.Name} null",
        Predicate.NotNull(var column) => $"{column.Definition.Name} not null",
        Predicate.In(var column, var values) => $"{column.Definition.Name} in {string.Join(",", values)}",
        Predicate.NotIn(var column, var values) => $"{column.Definition.Name} not in {string.Join(",", values)}",
        Predicate.Both(var left, var right) => $"({Show(left)} and {Show(right)})",
        Predicate.Either(var left, var right) => $"({Show(left)} or {Show(right)})",
        Predicate.Constant(var value) => value.ToString(),
        _ => throw new InvalidOperationException(),
    };

    private static string Read(Expression<Func<Item, bool>> lambda) => Show(PredicateReader.Read(lambda, Items.Map.Column));

    private static Test Case(string name, string expected, Expression<Func<Item, bool>> lambda) =>
        Runner.TestCase(name, () => Check.Equal(expected, Read(lambda), lambda.ToString()));

    private static readonly int Five = 5;
    private static readonly int[] Numbers = [1, 2];
    private static readonly List<Mood?> Moods = [Mood.Calm, null];

    [Tests]
    public static readonly Test Tests = Runner.TestList("a condition written as a lambda",
    [
        Case("compares with values from around it", "id Equal 5:Int32", x => x.Id == Five),
        Case("is mirrored when the value stands first", "id Less 5:Int32", x => Five > x.Id),
        Case("keeps the property's own type", "size GreaterOrEqual 200:Int16", x => x.Size >= 200),
        Case("knows enums by their stored names", "mood Equal very_happy:String", x => x.Mood == Mood.VeryHappy),
        Case("reads a flag", "(sold Equal True:Boolean and id NotEqual 1:Int32)", x => x.Sold && x.Id != 1),
        Case("turns a flag around", "sold NotEqual True:Boolean", x => !x.Sold),
        Case("keeps C#'s meaning of null", "(note NotEqual a:String or note null)", x => x.Note != "a"),
        Case("finds null", "(note null or last not null)", x => x.Note == null || x.Last != null),
        Case("finds null by HasValue", "price null", x => !x.Price.HasValue),
        Case("looks through Value", "price Greater 1.5:Decimal", x => x.Price!.Value > 1.5m),
        Case("turns comparisons with optional columns around", "(price LessOrEqual 2:Decimal or price null)", x => !(x.Price > 2)),
        Case("turns a whole around", "(id NotEqual 1:Int32 or sold NotEqual True:Boolean)", x => !(x.Id == 1 && x.Sold)),
        Case("finds values of a list", "id in 1,2", x => Numbers.Contains(x.Id)),
        Case("finds null in a list", "(last in calm or last null)", x => Moods.Contains(x.Last)),
        Case("turns a list around", "id not in 1,2", x => !Numbers.Contains(x.Id)),
        Runner.TestCase("is refused when SQL cannot say it", () => Check.Contains(
            "cannot be said in SQL here", Check.Throws<ArgumentException>(() => Read(x => x.Note!.Length > 3)).Message)),
    ]);
}
