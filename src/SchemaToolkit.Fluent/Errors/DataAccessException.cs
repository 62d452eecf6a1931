namespace SchemaToolkit.Fluent;

/// <summary>What went wrong with data, by what a program can do about it.</summary>
public enum DataAccessError
{
    /// <summary>A unique or primary key was violated.</summary>
    Duplicate,

    /// <summary>A row that is referred to is missing, or rows still refer to this one.</summary>
    ForeignKey,

    /// <summary>A column that needs a value got none.</summary>
    NotNull,

    /// <summary>A check constraint was violated.</summary>
    Check,

    /// <summary>A value that its column cannot hold.</summary>
    Value,

    /// <summary>Serialisation failure, deadlock or busy database: the same transaction may succeed when tried again.</summary>
    Transient,

    /// <summary>No connection, or it broke.</summary>
    Unavailable,

    /// <summary>The role or the file does not allow it.</summary>
    Forbidden,

    /// <summary>A table, column or function that is not there.</summary>
    Missing,

    /// <summary>A row that cannot be read as the record.</summary>
    Decode,

    /// <summary>A query or repository that does not fit its table.</summary>
    Definition,

    /// <summary>Another number of rows than expected.</summary>
    RowCount,

    /// <summary>A table whose rows belong to agents, used without its agent or with another's rows.</summary>
    Agent,

    /// <summary>Something else that the engine said.</summary>
    Other,
}

/// <summary>A statement that could not be run, or whose result could not be read. Never holds a password or a parameter's value.</summary>
public sealed class DataAccessException : SchemaToolkitException
{
    internal DataAccessException(Core.DatabaseException cause) : base(cause.Error.ToString(), cause)
    {
        Reported = cause;
        Error = KindOf(cause.Error.Kind);
    }

    /// <summary>What a program can do something about.</summary>
    public DataAccessError Error { get; }

    /// <summary>SQLSTATE on PostgreSQL, the extended result code on SQLite; a word where no engine was asked.</summary>
    public string Code => Reported.Error.Code;

    /// <summary>The table, column or constraint concerned; empty when unknown.</summary>
    public string Object => Reported.Error.Object;

    /// <summary>What happened.</summary>
    public string What => Reported.Error.What;

    /// <summary>The statement without its values, or the function.</summary>
    public string Where => Reported.Error.Where;

    /// <summary>What state the database is in now.</summary>
    public string State => Reported.Error.State;

    /// <summary>What to do about it.</summary>
    public string WayOut => Reported.Error.WayOut;

    /// <summary>In a bulk insert, the record concerned, counted from zero.</summary>
    public long? Record => Reported.Error.Record?.Value;

    /// <summary>The same transaction may succeed when tried again.</summary>
    public bool IsTransient => Reported.IsTransient;

    internal Core.DatabaseException Reported { get; }

    private static DataAccessError KindOf(Core.DataErrorKind kind) => kind switch
    {
        { IsValue: true } => DataAccessError.Value,
        { IsDecode: true } => DataAccessError.Decode,
        { IsDefinition: true } => DataAccessError.Definition,
        { IsRowCount: true } => DataAccessError.RowCount,
        { IsAgent: true } => DataAccessError.Agent,
        Core.DataErrorKind.Refused refused => KindOf(refused.failure),
        _ => DataAccessError.Other,
    };

    private static DataAccessError KindOf(Core.FailureKind kind) => kind switch
    {
        { IsDuplicate: true } => DataAccessError.Duplicate,
        { IsForeignKey: true } => DataAccessError.ForeignKey,
        { IsNotNull: true } => DataAccessError.NotNull,
        { IsCheck: true } => DataAccessError.Check,
        { IsValue: true } => DataAccessError.Value,
        { IsTransient: true } => DataAccessError.Transient,
        { IsUnavailable: true } => DataAccessError.Unavailable,
        { IsForbidden: true } => DataAccessError.Forbidden,
        { IsMissing: true } => DataAccessError.Missing,
        _ => DataAccessError.Other,
    };
}
