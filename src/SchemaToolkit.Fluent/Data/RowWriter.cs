using System.Runtime.CompilerServices;
using Microsoft.FSharp.Collections;
using static Microsoft.FSharp.Core.FuncConvert;

namespace SchemaToolkit.Fluent;

/// <summary>Records as what an insert sets: without what the engine computes, and without what it fills and the record does not say.</summary>
internal sealed class RowWriter<T>(Table<T> table) where T : class
{
    /// <summary>The column that scopes a table to an agent.</summary>
    public const string Agent = "agent_id";

    /// <summary>The primary key's columns.</summary>
    public IReadOnlyList<string> KeyNames { get; } = [.. table.Definition.PrimaryKey?.Value.Columns ?? FSharpList<string>.Empty];

    public IReadOnlyList<Core.Assignment> Values(T record)
    {
        var row = table.Map.ToRow(record);
        return
        [
            .. from pair in table.Map.Columns.Zip(row, (column, value) => (column, value))
               where !pair.column.IsComputed && !pair.column.IsLeftToEngine(pair.value) && !IsUnsaidAgent(pair.column, pair.value)
               select Core.Assign.value(pair.column.Handle, pair.value),
        ];
    }

    /// <summary>A key's values as its columns keep them.</summary>
    public object Key(object key)
    {
        var columns = KeyNames.Select(name => table.Map.Columns.FirstOrDefault(each => each.Definition.Name == name)).ToArray();
        object? Convert(int i, object? value) => columns[i] is { } column ? RecordMap<T>.ToColumn(column, value) : value;
        return key is ITuple several && several.Length == columns.Length
            ? Enumerable.Range(0, columns.Length).Select(i => Convert(i, several[i])).ToArray()
            : columns.Length == 1 ? Convert(0, key)! : key;
    }

    /// <summary>The data layer's repository, for this database.</summary>
    public Core.Repository<T> Repository(Core.Database database)
    {
        var repository = Core.RepositoryModule.ofCodec(table.Definition, new Core.RowCodec<T>(
            table.Map.Row,
            table.Map.Columns.Select(each => each.Definition).ToFSharpList(),
            FromFunc<T, object?[]>(record => Filled(record, database))));
        var numbered = table.Map.Columns.Where(each => each.Definition.Identity is not null).ToArray();
        if (numbered.Length > 0)
            repository = Core.RepositoryModule.databaseFills(numbered.Select(each => (Core.ColumnHandle?)each.Handle).ToFSharpList(), repository);
        return table.Map.Columns.Where(each => each.Touched)
            .Aggregate(repository, (sofar, column) => Core.RepositoryModule.touch(column.Handle, sofar));
    }

    public Task<IReadOnlyList<T>> InsertMany(IReadOnlyList<T> records, Core.Database database)
    {
        var rows = records.Select((record, index) => (Values: Values(record), Index: index)).ToArray();
        return Core.DatabaseModule.transaction(
            FromFunc<Core.Database, Task<IReadOnlyList<T>>>(async db =>
            {
                var stored = new T[rows.Length];
                // A statement sets the same columns in each of its rows.
                foreach (var group in rows.GroupBy(row => string.Join('\0', row.Values.Select(each => each.Column!.Name))))
                {
                    var width = Math.Max(1, group.First().Values.Count);
                    foreach (var chunk in group.Chunk(Math.Clamp(db.Dialect.MaxParameters / width, 1, 1000)))
                    {
                        var found = await Core.QueryModule.run(db, Core.QueryModule.list(
                            table.Map.Row,
                            Core.QueryModule.insertMany(table.Definition, chunk.Select(row => row.Values.ToFSharpList()).ToFSharpList()))).ConfigureAwait(false);
                        foreach (var (row, record) in chunk.Zip(found)) stored[row.Index] = record;
                    }
                }

                return stored;
            }),
            database);
    }

    // A bulk insert writes the same columns for every record, so what the engine would fill is filled here.
    private object?[] Filled(T record, Core.Database database)
    {
        var row = table.Map.ToRow(record);
        for (var i = 0; i < row.Length; i++)
        {
            var column = table.Map.Columns[i];
            if (IsUnsaidAgent(column, row[i]) && database.AgentId is { } agent) row[i] = agent.Value;
            if (!column.IsLeftToEngine(row[i])) continue;
            row[i] = column.Definition switch
            {
                { Default: { Value.IsNewUuid: true } } => Guid.NewGuid(),
                { Default: { Value.IsNow: true }, Type.IsTimestamp: true } => database.Time.GetUtcNow(),
                { Default: { Value.IsNow: true }, Type.IsLocalTimestamp: true } =>
                    DateTime.SpecifyKind(database.Time.GetUtcNow().UtcDateTime, DateTimeKind.Unspecified),
                _ => row[i],
            };
        }

        return row;
    }

    private static bool IsUnsaidAgent(MappedColumn column, object? value) =>
        column.Definition.Name == Agent && value is Guid id && id == Guid.Empty;
}
