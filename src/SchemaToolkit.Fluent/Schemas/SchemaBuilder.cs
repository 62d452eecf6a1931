namespace SchemaToolkit.Fluent;

/// <summary>Collects the tables and other objects of a schema.</summary>
public sealed partial class SchemaBuilder
{
    private readonly string plugin;
    private readonly string schemaNamespace;
    private readonly List<ITable> tables = [];
    private readonly List<string> problems = [];
    private int? version;

    internal SchemaBuilder(string plugin, string schemaNamespace)
    {
        this.plugin = plugin;
        this.schemaNamespace = schemaNamespace;
    }

    /// <summary>Declares a table over a record.</summary>
    /// <typeparam name="T">A record, or a class with settable properties.</typeparam>
    /// <param name="name">The table's name, such as <c>user_preferences</c>.</param>
    /// <param name="describe">Says what the record does not.</param>
    public SchemaBuilder Table<T>(string name, Action<TableBuilder<T>>? describe = null) where T : class
    {
        try
        {
            tables.Add(Fluent.Table.Define(name, describe));
        }
        catch (SchemaDefinitionException refused)
        {
            // Go on, so that one error lists the problems of every table.
            problems.AddRange(refused.Problems.Select(each => $"table {name}: {each}"));
        }

        return this;
    }

    /// <summary>Adds a table declared with <see cref="Fluent.Table.Define"/>.</summary>
    public SchemaBuilder Table<T>(Table<T> table) where T : class
    {
        tables.Add(table);
        return this;
    }

    /// <summary>An explicit version number; a program with a smaller one is older than the database.</summary>
    public SchemaBuilder Version(int number)
    {
        version = number;
        return this;
    }

    internal PluginSchema Build()
    {
        var resolved = tables.Select(table => Resolve(table)).OfType<Core.Table>().ToArray();
        var declared = objects.Select(Resolve).OfType<Core.SchemaObject>().ToArray();
        if (problems.Count > 0) throw Refused();

        var enums = tables.SelectMany(table => table.Enums).Distinct();
        var schema = Core.SchemaModule.withEnums(
            enums.ToFSharpList(),
            Core.SchemaModule.inNamespace(schemaNamespace, plugin, resolved.ToFSharpList()));
        schema = Core.SchemaModule.withObjects(declared.Concat(tables.SelectMany(table => table.Objects)).ToFSharpList(), schema);
        if (version is { } number) schema = Core.SchemaModule.version(number, schema);

        if (Core.Validate.schema(schema) is { IsError: true, ErrorValue: var faults })
        {
            problems.AddRange(faults.Select(each => each.ToString()));
            throw Refused();
        }

        return new PluginSchema(
            schema,
            [.. tables.Zip(schema.Tables, (table, placed) => table.PlacedAs(placed))],
            [.. objects.OfType<IViewBuilder>().Select(each => each.Rows?.PlacedIn(schemaNamespace)).OfType<IView>()]);
    }

    private Core.Table? Resolve(ITable table)
    {
        try
        {
            return table.Resolve(TableOf);
        }
        catch (ArgumentException refused)
        {
            problems.Add($"table {table.Definition.Name}: {refused.Message}");
            return null;
        }
    }

    private Core.SchemaObject? Resolve(ObjectBuilder declared)
    {
        try
        {
            return declared.Build(TableOf);
        }
        catch (SchemaDefinitionException refused)
        {
            problems.AddRange(refused.Problems.Select(each => $"{declared.Name}: {each}"));
        }
        catch (ArgumentException refused)
        {
            problems.Add($"{declared.Name}: {refused.Message}");
        }

        return null;
    }

    private ITable TableOf(Type record)
    {
        var found = tables.FindAll(table => table.RecordType == record);
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException(
                $"it references {record.Name}, which is no table of this schema; declare it, or give the table as a value."),
            _ => throw new ArgumentException(
                $"it references {record.Name}, which {found.Count} tables hold; give the table meant as a value."),
        };
    }

    private SchemaDefinitionException Refused() => new($"schema of {plugin}", problems);
}
