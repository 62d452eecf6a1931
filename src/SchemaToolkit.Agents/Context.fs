namespace SchemaToolkit.Agents

open System
open System.Runtime.CompilerServices
open System.Threading
open Microsoft.Extensions.AI
open Microsoft.Extensions.Caching.Hybrid
open Microsoft.Extensions.DependencyInjection
open Microsoft.Extensions.Logging
open Microsoft.Extensions.Logging.Abstractions
open SchemaToolkit

/// How much the runtime says: everything in development, what went wrong in production.
[<RequireQualifiedAccess>]
type Verbosity =
    | Verbose
    | Quiet

[<RequireQualifiedAccess>]
module Verbosity =
    /// By DOTNET_ENVIRONMENT (else ASPNETCORE_ENVIRONMENT); unset means production.
    let fromEnvironment () =
        match Stage.detect () with
        | Stage.Development -> Verbosity.Verbose
        | Stage.Production -> Verbosity.Quiet

/// What every part of a runtime works with.
[<NoEquality; NoComparison>]
type Services =
    {
        Database: Database
        Chat: IChatClient
        Cache: HybridCache
        Time: TimeProvider
        Loggers: ILoggerFactory
        Verbosity: Verbosity
        /// For actions that name no other; the handler is told to stop and no longer waited for.
        ActionTimeout: TimeSpan
        /// For providers that name no other.
        ProviderTimeout: TimeSpan
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Services =
    /// A cache in this process's memory alone.
    // Inlined elsewhere it would want the container's assembly there.
    [<MethodImpl(MethodImplOptions.NoInlining)>]
    let memoryCache () : HybridCache =
        ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>()

    /// A database and a language model, with a cache of its own, the system's clock, no log, 60 s for an action and 10 s for a
    /// provider.
    let create (database: Database) (chat: IChatClient) : Services =
        { Database = database
          Chat = chat
          Cache = memoryCache ()
          Time = TimeProvider.System
          Loggers = NullLoggerFactory.Instance
          Verbosity = Verbosity.fromEnvironment ()
          ActionTimeout = TimeSpan.FromSeconds 60.0
          ProviderTimeout = TimeSpan.FromSeconds 10.0 }

    let withCache (cache: HybridCache) (services: Services) = { services with Cache = cache }
    let withTime (time: TimeProvider) (services: Services) = { services with Time = time }
    let withLoggers (loggers: ILoggerFactory) (services: Services) = { services with Loggers = loggers }
    let withVerbosity (verbosity: Verbosity) (services: Services) = { services with Verbosity = verbosity }
    let withActionTimeout (timeout: TimeSpan) (services: Services) = { services with ActionTimeout = timeout }
    let withProviderTimeout (timeout: TimeSpan) (services: Services) = { services with ProviderTimeout = timeout }

/// What an action or a provider sees of one turn.
[<NoEquality; NoComparison>]
type Context =
    {
        /// The plugin's id.
        Plugin: string
        Message: Message
        /// In the plugin's namespace, for the message's agent, ended by `Cancellation`.
        Database: Database
        Chat: IChatClient
        Cache: HybridCache
        Time: TimeProvider
        Logger: ILogger
        /// Cancelled when the turn is, or when the time for this part is over.
        Cancellation: CancellationToken
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Context =
    /// The same turn under another token.
    let withCancellation (cancellation: CancellationToken) (context: Context) =
        { context with
            Cancellation = cancellation
            Database = Database.withCancellation cancellation context.Database }
