namespace SchemaToolkit.Agents

open System
open System.ComponentModel
open System.Threading.Tasks

/// What a provider knows. Treat it as immutable: a cached one is shared.
[<ImmutableObject(true)>]
type ProviderResult =
    {
        /// Becomes part of the agent's context; empty when there is nothing to say.
        Text: string
        /// For templates, by name.
        Values: Map<string, string>
        /// For the program; null when there is none. A cache outside this process keeps it as JSON.
        Data: objnull
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module ProviderResult =
    /// Nothing to say.
    let empty: ProviderResult = { Text = ""; Values = Map.empty; Data = null }

    let text (text: string) : ProviderResult = { empty with Text = text }

    let create (text: string) (values: (string * string) list) (data: objnull) : ProviderResult =
        { Text = text; Values = Map.ofList values; Data = data }

/// When a provider becomes part of the context.
[<RequireQualifiedAccess>]
type Inclusion =
    | Always
    /// Only when it is asked for by name.
    | OnRequest

/// Whether a provider is asked again in every turn.
[<RequireQualifiedAccess>]
type Freshness =
    | Fresh
    /// Kept for a time, for one plugin, provider, agent, room and user; an action of the plugin ends it early.
    /// The message's text is not part of that: a provider that reads it is not cached.
    | CachedFor of time: TimeSpan

/// Something that an agent can know.
[<NoEquality; NoComparison>]
type Provider =
    {
        /// Letters, digits, `_` and `-`, at most 64.
        Name: string
        Description: string
        Inclusion: Inclusion
        Freshness: Freshness
        /// Not named to models: only the program asks for it.
        Private: bool
        Get: Context -> Task<ProviderResult>
        Timeout: TimeSpan option
    }

/// The words for providers.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Provider =
    /// A provider that is always included and always fresh.
    let define (name: string) (description: string) (get: Context -> Task<ProviderResult>) : Provider =
        { Name = name
          Description = description
          Inclusion = Inclusion.Always
          Freshness = Freshness.Fresh
          Private = false
          Get = get
          Timeout = None }

    /// Included only when asked for by name, by the program or (unless private) by a model.
    let onRequest (provider: Provider) : Provider = { provider with Inclusion = Inclusion.OnRequest }

    /// Kept for a time, see `Freshness.CachedFor`.
    let cachedFor (time: TimeSpan) (provider: Provider) : Provider =
        if time <= TimeSpan.Zero then
            invalidArg
                (nameof time)
                $"Provider {provider.Name} cannot be cached for {time}: give a time longer than zero."

        { provider with Freshness = Freshness.CachedFor time }

    /// Not named to models.
    let hidden (provider: Provider) : Provider = { provider with Private = true }

    /// How long it may take.
    let timeout (limit: TimeSpan) (provider: Provider) : Provider = { provider with Timeout = Some limit }
