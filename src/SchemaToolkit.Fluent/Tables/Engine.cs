namespace SchemaToolkit.Fluent;

/// <summary>A database engine, where a declaration speaks of one alone. PGLite is PostgreSQL.</summary>
public enum Engine
{
    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>PostgreSQL, and PGLite.</summary>
    Postgres,
}

internal static class EngineNames
{
    extension(Engine engine)
    {
        public string Key => engine switch
        {
            Engine.Sqlite => "sqlite",
            Engine.Postgres => "postgres",
            _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, null),
        };
    }
}
