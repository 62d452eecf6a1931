namespace SchemaToolkit.Fluent;

/// <summary>Who talks to which agent, and where. It comes from the host's own session, never from what a model or a user wrote.</summary>
/// <param name="User">The user.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Room">The room.</param>
public sealed record Conversation(Guid User, Guid Agent, Guid Room)
{
    /// <summary>A conversation between new ids, for samples and tests.</summary>
    public static Conversation Fresh() => new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

    internal static Conversation Of(Core.Agents.Conversation value) => new(value.User, value.Agent, value.Room);

    internal Core.Agents.Conversation ToCore() => new(User, Agent, Room);
}

/// <summary>Something that a user said to an agent.</summary>
/// <param name="Id">A UUID of version 7, so ids sort by time.</param>
/// <param name="Text">What was said.</param>
/// <param name="Conversation">Who said it to whom.</param>
/// <param name="CreatedAt">When, at offset 0.</param>
public sealed record AgentMessage(Guid Id, string Text, Conversation Conversation, DateTimeOffset CreatedAt)
{
    /// <summary>A message said now.</summary>
    public static AgentMessage Create(Conversation conversation, string text, TimeProvider? time = null) =>
        Of(Core.Agents.MessageModule.createAt(time ?? TimeProvider.System, conversation.ToCore(), text));

    internal static AgentMessage Of(Core.Agents.Message value) =>
        new(value.Id, value.Text, Conversation.Of(value.Conversation), value.CreatedAt);

    internal Core.Agents.Message ToCore() => new(Id, Text, Conversation.ToCore(), CreatedAt);
}
