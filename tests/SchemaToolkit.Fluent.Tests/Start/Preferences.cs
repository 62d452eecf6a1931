namespace SchemaToolkit.Fluent.Tests;

public sealed record Preference(Guid Id, Guid UserId, Dictionary<string, string> Preferences, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record Wanted(string? Theme, string? Language);

/// <summary>The guide's plugin, in C#.</summary>
internal static class Preferences
{
    public const string Id = "@test/plugin-preferences";

    public static readonly PluginSchema Tables = Schema.For(Id, s => s.Table<Preference>("user_preferences", t =>
    {
        t.Column(x => x.Id).DefaultsToNewUuid();
        t.Column(x => x.Preferences).Json().DefaultsToEmptyObject();
        t.Column(x => x.CreatedAt).DefaultsToNow();
        t.Column(x => x.UpdatedAt).DefaultsToNow();
        t.PrimaryKey(x => x.Id);
        t.Unique(x => x.UserId);
    }));
}
