namespace SchemaToolkit.Agents

open System

/// Who talks to which agent, and where. It comes from the host's own session, never from what a model or a user wrote.
type Conversation = { User: Guid; Agent: Guid; Room: Guid }

/// Something that a user said to an agent.
type Message =
    {
        Id: Guid
        Text: string
        Conversation: Conversation
        /// Offset 0.
        CreatedAt: DateTimeOffset
    }

    member this.User = this.Conversation.User
    member this.Agent = this.Conversation.Agent
    member this.Room = this.Conversation.Room

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Conversation =
    let create (user: Guid) (agent: Guid) (room: Guid) = { User = user; Agent = agent; Room = room }

    /// A conversation between new ids, for samples and tests.
    let fresh () = create (Guid.NewGuid()) (Guid.NewGuid()) (Guid.NewGuid())

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Message =
    /// A message said now by the given clock. Ids are UUIDs of version 7, so they sort by time.
    let createAt (time: TimeProvider) (conversation: Conversation) (text: string) : Message =
        let now = time.GetUtcNow()

        { Id = Guid.CreateVersion7 now
          Text = text
          Conversation = conversation
          CreatedAt = now }

    /// A message said now.
    let create (conversation: Conversation) (text: string) : Message = createAt TimeProvider.System conversation text
