namespace SchemaToolkit.Fluent;

/// <summary>Where the program runs.</summary>
public enum Stage
{
    /// <summary>What loses data goes on, with a warning that counts what is lost.</summary>
    Development,

    /// <summary>What loses data is blocked until somebody consents.</summary>
    Production,
}

/// <summary>Leave to do one dangerous thing: a hazard, the object it concerns, and the change between two declared schemas that it is for.
/// It holds wherever the same step is made, and expires with the next version. A blocked start says which consents it wants.</summary>
/// <param name="Hazard">The hazard's stable code, such as <c>drop-column</c>.</param>
/// <param name="Object">The part concerned, as the blocked start names it.</param>
/// <param name="FromHash">Hash of the declared schema on record, or its first twelve digits or more; empty when there is none.</param>
/// <param name="ToHash">Hash of the declared schema, or its first twelve digits or more.</param>
public sealed record Consent(string Hazard, string Object, string FromHash, string ToHash)
{
    internal static Consent Of(Core.Consent value) => new(value.Hazard, value.Object, value.FromHash, value.ToHash);

    internal Core.Consent ToCore() => new(Hazard, Object, FromHash, ToHash);
}
