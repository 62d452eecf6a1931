using Microsoft.Extensions.AI;

namespace SchemaToolkit.Fluent;

/// <summary>Stands where no language model was given, and says so when one is needed.</summary>
internal sealed class NoChatClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw Missing();

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw Missing();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static InvalidOperationException Missing() => new(
        "No language model was given. Give an IChatClient with options.Chat(…), register one with the host, or use ChatClients.RuleBased() to try things out.");
}

/// <summary>Language models that need nothing installed.</summary>
public static class ChatClients
{
    /// <summary>No language model: fills in forms by a few word rules (theme, language, notifications, and words of a choice), for samples and tests. It says so itself.</summary>
    public static IChatClient RuleBased() => new Core.Agents.RuleBasedChatClient();
}
