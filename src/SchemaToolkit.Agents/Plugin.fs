namespace SchemaToolkit.Agents

open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.AI
open Microsoft.Extensions.Caching.Hybrid
open Microsoft.Extensions.Logging
open SchemaToolkit

/// Proof that a plugin's migration has run; only the runtime makes it.
[<Sealed>]
type Migrated internal (plugin: string, ns: string, changes: string list) =
    /// The plugin's id.
    member _.Plugin = plugin
    /// Where its tables are.
    member _.Namespace = ns
    /// What this start changed, one sentence a step; empty when nothing had to.
    member _.Changes = changes
    override _.ToString() = $"{plugin} migrated, {List.length changes} changes"

/// What a plugin sees when it is initialised: no message yet, so no agent either.
[<NoEquality; NoComparison>]
type InitContext =
    {
        Plugin: string
        /// In the plugin's namespace.
        Database: Database
        Chat: IChatClient
        Cache: HybridCache
        Time: System.TimeProvider
        Logger: ILogger
        Cancellation: CancellationToken
    }

/// Tables, and what an agent can do and know with them.
[<NoEquality; NoComparison>]
type Plugin =
    {
        /// The full name, such as `@org/plugin-preferences`.
        Id: string
        Description: string
        Schema: Schema option
        Actions: Action list
        Providers: Provider list
        /// Runs once, after every plugin's migration.
        Init: Migrated -> InitContext -> Task
        /// Ids of plugins that are migrated and initialised before. Foreign keys to their tables count by themselves.
        Dependencies: string list
    }

    /// Where its tables are.
    member this.Namespace =
        match this.Schema with
        | Some schema -> schema.Namespace
        | None -> Namespace.derive this.Id

/// The words for plugins.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Plugin =
    /// A plugin that can do nothing yet.
    let define (id: string) : Plugin =
        { Id = id
          Description = ""
          Schema = None
          Actions = []
          Providers = []
          Init = fun _ _ -> Task.CompletedTask
          Dependencies = [] }

    let describe (description: string) (plugin: Plugin) : Plugin = { plugin with Description = description }

    /// The tables it owns; `schema.Plugin` is the plugin's id.
    let schema (schema: Schema) (plugin: Plugin) : Plugin = { plugin with Schema = Some schema }

    /// The tables it owns, in the namespace derived from its id.
    let tables (tables: Table list) (plugin: Plugin) : Plugin = schema (Schema.forPlugin plugin.Id tables) plugin

    let action (action: Action) (plugin: Plugin) : Plugin = { plugin with Actions = plugin.Actions @ [ action ] }

    let provider (provider: Provider) (plugin: Plugin) : Plugin =
        { plugin with Providers = plugin.Providers @ [ provider ] }

    /// Migrated and initialised after the plugin of this id.
    let dependsOn (id: string) (plugin: Plugin) : Plugin = { plugin with Dependencies = plugin.Dependencies @ [ id ] }

    /// Runs once, after every plugin's migration: `Plugin.init (fun migrated context -> task { … })`.
    let init (init: Migrated -> InitContext -> Task<unit>) (plugin: Plugin) : Plugin =
        { plugin with Init = fun migrated context -> init migrated context }
