using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class PluginTests
{
    private static Task<Toolkit> Start(Testing.TestDatabase database, params AgentPlugin[] plugins) => Toolkit.StartAsync(o =>
    {
        o.Database(database.ConnectionString).Chat(ChatClients.RuleBased()).Announce(_ => { });
        foreach (var plugin in plugins) o.Plugin(plugin);
    });

    private sealed class Greeting : IAgentAction
    {
        public string Name => "GREET";
        public string Description => "Greets.";
        public Task<bool> ValidateAsync(Turn turn) => Task.FromResult(turn.Message.Text == "hello");
        public Task<ActionResult> HandleAsync(Turn turn) => Task.FromResult(ActionResult.Ok("Hello!"));
    }

    private sealed class Manners : IAgentProvider
    {
        public string Name => "MANNERS";
        public string Description => "How to speak.";
        public Task<ProviderResult> GetAsync(Turn turn) => Task.FromResult(new ProviderResult("Be polite."));
    }

    [Tests]
    public static readonly Test Tests = Runner.TestList("a plugin written in C#",
    [
        OnEngines.Each("stores what an action extracts, and its provider tells it", async database =>
        {
            await using var toolkit = await Start(database, Preferences.Plugin);
            var conversation = Conversation.Fresh();
            var said = AgentMessage.Create(conversation, "I prefer dark theme and Spanish language");
            var turn = await toolkit.HandleAsync(said);
            Check.Equal("Stored 2 preferences.", turn.Outcomes.Single().Result.Text, turn.ToString());
            var known = await toolkit.ComposeAsync(AgentMessage.Create(conversation, "What do you know?"));
            Check.Equal("language: es, theme: dark", known.Text, "provider's text");
            Check.Equal("dark", known.Values["PREFERENCES.theme"], "provider's values");
            Check.Equal("", (await toolkit.ComposeAsync(AgentMessage.Create(Conversation.Fresh(), "And of me?"))).Text, "another user");
        }),

        OnEngines.Sqlite("does not lose the turn when one action throws", async database =>
        {
            await using var toolkit = await Start(database, Preferences.Plugin);
            var turn = await toolkit.HandleAsync(AgentMessage.Create(Conversation.Fresh(), "I prefer to break the dark theme"));
            Check.Sequence([true, false], turn.Outcomes.Select(each => each.Result.Success), "outcomes");
            Check.Contains("broken on purpose", turn.Outcomes[1].Result.Error!);
        }),

        OnEngines.Sqlite("may have actions and providers that are classes", async database =>
        {
            await using var toolkit = await Start(database, AgentPlugin.Define("@test/plugin-greeting", p =>
            {
                p.Action(new Greeting());
                p.Provider(new Manners()).OnRequest();
            }));
            Check.Equal("Hello!", (await toolkit.HandleAsync(AgentMessage.Create(Conversation.Fresh(), "hello"))).Outcomes.Single().Result.Text, "action");
            Check.Equal("", (await toolkit.ComposeAsync(AgentMessage.Create(Conversation.Fresh(), "hello"))).Text, "not asked for");
            Check.Equal("Be polite.", (await toolkit.ComposeAsync(
                AgentMessage.Create(Conversation.Fresh(), "hello"), new TurnOptions { Request = ["manners"] })).Text, "asked for");
        }),

        OnEngines.Sqlite("is initialised when its tables are there, and a failing one is named", async database =>
        {
            var rows = -1L;
            await using (await Start(database, AgentPlugin.Define(Preferences.Id, p =>
            {
                p.Schema(Preferences.Tables);
                p.Init(async start => rows = await start.Repository<Preference>().CountAsync());
            })))
            {
                Check.Equal(0L, rows, "counted at init");
            }

            var refused = await Check.ThrowsAsync<PluginStartException>(() => Start(database, AgentPlugin.Define(
                "@test/plugin-failing", p => p.Init(_ => throw new InvalidOperationException("not today")))));
            Check.Equal(StartPhase.Init, refused.Phase, refused.Message);
            Check.Contains("not today", refused.Message);
        }),

        OnEngines.Sqlite("says which model is missing", async database =>
        {
            await using var toolkit = await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Preferences.Plugin).Announce(_ => { }));
            var turn = await toolkit.HandleAsync(AgentMessage.Create(Conversation.Fresh(), "I prefer dark"));
            Check.Contains("No language model was given", turn.Outcomes.Single().Result.Error!);
        }),
    ]);
}
