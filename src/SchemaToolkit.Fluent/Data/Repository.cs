namespace SchemaToolkit.Fluent;

/// <summary>Records in and out of one table.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class Repository<T>
{
    private readonly Database database;

    internal Repository(Database database, Table<T> table)
    {
        this.database = database;
        Table = table;
    }

    /// <summary>The table.</summary>
    public Table<T> Table { get; }
}
