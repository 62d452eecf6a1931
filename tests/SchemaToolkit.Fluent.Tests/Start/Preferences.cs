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

    /// <summary>Stores what the user wants, and tells the agent what is known.</summary>
    public static readonly AgentPlugin Plugin = AgentPlugin.Define(Id, p =>
    {
        p.Schema(Tables);
        p.Action<Wanted>("STORE_PREFERENCES", "Stores what the user prefers.", "Extract the theme and the language the user prefers.", async (wanted, turn) =>
        {
            var given = new Dictionary<string, string>();
            if (wanted.Theme is { } theme) given["theme"] = theme;
            if (wanted.Language is { } language) given["language"] = language;
            if (given.Count == 0) return ActionResult.Failed("The message names no preference.");
            var stored = await turn.Repository<Preference>().UpsertAsync(
                new(Guid.Empty, turn.Message.Conversation.User, given, default, default), x => x.UserId, turn.CancellationToken);
            return ActionResult.Ok($"Stored {stored.Preferences.Count} preferences.", stored);
        }).WhenTextHas("prefer");
        p.Action("BREAK", "Always fails.", turn => throw new InvalidOperationException("broken on purpose")).WhenTextHas("break");
        p.Provider("PREFERENCES", "What the user prefers.", async turn =>
        {
            var user = turn.Message.Conversation.User;
            return await turn.Repository<Preference>().FindAsync(x => x.UserId == user) is { } known
                ? new ProviderResult(string.Join(", ", known.Preferences.OrderBy(each => each.Key).Select(each => $"{each.Key}: {each.Value}")))
                {
                    Values = known.Preferences,
                }
                : ProviderResult.Empty;
        });
    });
}
