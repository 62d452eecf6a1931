using System.Runtime.CompilerServices;
using static Microsoft.FSharp.Core.FuncConvert;

namespace SchemaToolkit.Fluent;

/// <summary>SQL written by hand: what its holes hold, and how its rows are read.</summary>
internal static class FreeSql
{
    /// <summary>The same text with tables, views, columns, objects and enums as the data layer knows them; any other hole becomes a parameter.</summary>
    public static FormattableString Text(FormattableString sql) =>
        FormattableStringFactory.Create(sql.Format, [.. sql.GetArguments().Select(SqlHoles.Value)]);

    /// <summary>A number, text and the like from the first column, or a record from the columns named like its properties.</summary>
    public static Core.Row<T> Row<T>()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (TypeInference.Infer(type) is var (columnType, conversion))
        {
            // Whether a reference may be null is not in a type argument; what is there is given.
            var mayBeNull = !typeof(T).IsValueType || Nullable.GetUnderlyingType(typeof(T)) is not null;
            return Core.RowModule.map(
                FromFunc<object?[], T>(values => values[0] is { } value ? (T)conversion.FromColumn(value) : default!),
                Core.RowModule.values(new[] { Tuple.Create(Core.RowSource.NewAt(0, columnType), mayBeNull) }.ToFSharpList()));
        }

        return Records<T>.Row;
    }

    private static class Records<T>
    {
        public static readonly Core.Row<T> Row = Make();

        private static Core.Row<T> Make()
        {
            var shape = RecordShape.Of(typeof(T));
            List<string> problems = [];
            var columns = shape.Parts.Select(part => new ColumnDraft(part)).Where(draft => !draft.Ignored)
                .Select(draft => draft.Finish(_ => "", problems)).OfType<MappedColumn>().ToArray();
            if (problems.Count > 0) throw new SchemaDefinitionException($"{typeof(T).Name} as a row of free SQL", problems);
            var map = new RecordMap<T>(shape, columns);
            return Core.RowModule.map(
                FromFunc<object?[], T>(map.FromRow),
                Core.RowModule.values(columns.Select(each => Tuple.Create(
                    Core.RowSource.NewNamed(each.Definition.Name, each.Definition.Type), each.Definition.Nullable)).ToFSharpList()));
        }
    }
}
