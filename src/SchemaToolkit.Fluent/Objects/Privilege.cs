namespace SchemaToolkit.Fluent;

/// <summary>What a role may do (PostgreSQL manual, 5.8 Privileges).</summary>
public enum Privilege
{
    /// <summary>Read rows, or a sequence's current number.</summary>
    Select,

    /// <summary>Add rows.</summary>
    Insert,

    /// <summary>Change rows, or set a sequence.</summary>
    Update,

    /// <summary>Delete rows.</summary>
    Delete,

    /// <summary>Empty the table.</summary>
    Truncate,

    /// <summary>Reference the table in foreign keys.</summary>
    References,

    /// <summary>Create triggers on the table.</summary>
    Trigger,

    /// <summary>Use a type, or draw numbers from a sequence.</summary>
    Usage,

    /// <summary>Call a function or procedure.</summary>
    Execute,
}

internal static class Privileges
{
    public static PlainObjectBuilder Grant(Func<string, Core.SchemaObject> define, string role) => new(role, _ => define(role));

    extension(IEnumerable<Privilege> privileges)
    {
        public Microsoft.FSharp.Collections.FSharpList<string> Names => privileges.Select(each => each.ToString().ToUpperInvariant()).ToFSharpList();
    }
}
