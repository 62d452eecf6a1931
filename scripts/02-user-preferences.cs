// 02 · The guide's plugin, whole, in C#: a table, an action that stores what a user prefers, a provider that tells it to an agent.
// It declares the same schema as 02-user-preferences.fsx, in the same database: whichever runs second has nothing to change.
//
//     dotnet run scripts/02-user-preferences.cs [--database "Host=…"]
//
// Ends with: The agent knows: theme dark, language es.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

// The table. A unique key on the user makes the upsert one statement.
var schema = Schema.For("@your-org/plugin-myplugin", s => s.Table<UserPreferences>("user_preferences", t =>
{
    t.Column(x => x.Id).DefaultsToNewUuid();
    t.Column(x => x.Preferences).Json().DefaultsToEmptyObject();
    t.Column(x => x.CreatedAt).DefaultsToNow();
    t.Column(x => x.UpdatedAt).DefaultsToNow().TouchedOnChange();
    t.PrimaryKey(x => x.Id);
    t.Unique(x => x.UserId);
}));

var plugin = AgentPlugin.Define(schema.Plugin, p =>
{
    p.Schema(schema);

    // The action: a model reads the message, the answer is read as a record.
    p.Action<Preferences>(
        "STORE_USER_PREFERENCES",
        "Stores the preferences that a user mentions.",
        "Extract the user's preferences from the message; the language as its ISO 639-1 code.",
        async (preferences, turn) =>
        {
            var row = new UserPreferences(Guid.Empty, turn.Message.Conversation.User, preferences, default, default);
            var stored = await turn.Repository<UserPreferences>().UpsertAsync(row, x => x.UserId, turn.CancellationToken);
            return ActionResult.Ok("Your preferences have been saved successfully.", stored);
        }).WhenTextHas("prefer", "like");

    // The provider: what an agent knows about the user it talks to.
    p.Provider("USER_PREFERENCES", "What the user prefers.", async turn =>
    {
        var user = turn.Message.Conversation.User;
        if (await turn.Repository<UserPreferences>().FindAsync(x => x.UserId == user, turn.CancellationToken) is not { } found)
            return ProviderResult.Empty;

        var known = found.Preferences.Known();
        return new ProviderResult(string.Join("\n", ["# User Preferences", .. known.Select(each => $"- {each.Key}: {each.Value}")]))
        {
            Values = known,
            Data = found,
        };
    });
});

// No model is configured here: a plainly named stand-in fills in forms by word rules. Any IChatClient does it better.
await using var toolkit = await Toolkit.StartAsync(o => o
    .App("user-preferences").Arguments(args).Plugin(plugin).Chat(ChatClients.RuleBased()));
Console.WriteLine(toolkit.Report);

var ada = new Conversation(
    User: new("5a7ada00-0000-4000-8000-000000000001"),
    Agent: new("a9e27000-0000-4000-8000-000000000001"),
    Room: new("2007a000-0000-4000-8000-000000000001"));
var message = AgentMessage.Create(ada, "I prefer dark theme and Spanish language");
Console.WriteLine($"\nAda: {message.Text}");
foreach (var outcome in (await toolkit.HandleAsync(message)).Outcomes)
    Console.WriteLine($"{outcome.Action}: {outcome.Result.Error ?? outcome.Result.Text}");

Console.WriteLine("\nStored preferences:");
await foreach (var row in toolkit.Repository<UserPreferences>().StreamAsync())
    Console.WriteLine($"{row.UserId}  {row.Preferences}");

var agent = await toolkit.ComposeAsync(message);
Console.WriteLine($"\nWhat the provider tells the agent:\n{agent.Text}");

Console.WriteLine("\nThe ledger:");
foreach (var entry in await Toolkit.HistoryAsync(o => o.App("user-preferences").Arguments(args).Announce(_ => { })))
    Console.WriteLine($"{entry.StartedAt:u}  {entry.Plugin}  {entry.Outcome}");

Console.WriteLine($"\nThe agent knows: theme {agent.Values["USER_PREFERENCES.theme"]}, language {agent.Values["USER_PREFERENCES.language"]}.");

/// <summary>What a user may prefer: what the model is asked for, and what the JSON column keeps.</summary>
record Preferences(Theme? Theme, string? Language, bool? Notifications)
{
    public Dictionary<string, string> Known() => new[]
    {
        ("theme", Theme?.ToString().ToLowerInvariant()), ("language", Language), ("notifications", Notifications?.ToString().ToLowerInvariant()),
    }.Where(each => each.Item2 is not null).ToDictionary(each => each.Item1, each => each.Item2!);
}

/// <summary>The themes there are.</summary>
enum Theme { Light, Dark, Auto }

/// <summary>A row of the table.</summary>
record UserPreferences(Guid Id, Guid UserId, Preferences Preferences, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
