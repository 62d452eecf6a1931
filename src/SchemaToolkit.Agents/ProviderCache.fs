namespace SchemaToolkit.Agents

open System
open System.Collections.Concurrent
open System.Runtime.CompilerServices
open System.Security.Cryptography
open System.Text
open System.Threading
open System.Threading.Tasks
open Microsoft.Extensions.Caching.Hybrid
open Microsoft.Extensions.Logging

/// What cached providers have said, until their time is over or an action of their plugin has run.
[<RequireQualifiedAccess>]
module internal ProviderCache =
    /// How many actions of a plugin have ended, for each cache and tag. The number is part of the key: what was asked before an
    /// action ended, and arrives after it, is stored where nobody looks any more. The cache's own invalidation reaches the
    /// other processes that share it, but would keep such a late arrival.
    let private generations = ConditionalWeakTable<HybridCache, ConcurrentDictionary<string, int64>>()

    /// Databases that share a cache keep apart in it. A hash, since a key has a limit and a target may be a long path.
    let private tag (services: Services) (plugin: Plugin) =
        let text =
            $"{services.Database.Dialect.Engine}\n{services.Database.Target}\n{plugin.Namespace}\n{plugin.Id}"

        let hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))
        $"schematoolkit:{hash.Substring(0, 32)}"

    let private counters (services: Services) = generations.GetValue(services.Cache, (fun _ -> ConcurrentDictionary()))

    let private key (tag: string) (services: Services) (provider: Provider) (message: Message) =
        let generation = (counters services).GetOrAdd(tag, 0L)
        $"{tag}:{generation}:{provider.Name}:{message.Agent:N}:{message.Room:N}:{message.User:N}"

    /// What the provider says, from the cache where it may be kept.
    let get (services: Services) (plugin: Plugin) (provider: Provider) (context: Context) : Task<ProviderResult> =
        match provider.Freshness with
        | Freshness.Fresh -> provider.Get context
        | Freshness.CachedFor time ->
            let tag = tag services plugin

            // The cache joins callers of one key; its own token ends only when all of them have gone.
            let fetch (token: CancellationToken) =
                ValueTask<ProviderResult>(provider.Get(Context.withCancellation token context))

            services.Cache
                .GetOrCreateAsync(
                    key tag services provider context.Message,
                    Func<CancellationToken, ValueTask<ProviderResult>> fetch,
                    HybridCacheEntryOptions(Expiration = time, LocalCacheExpiration = time),
                    [ tag ],
                    context.Cancellation
                )
                .AsTask()

    /// Forgets what the plugin's providers have said.
    let invalidate (services: Services) (plugin: Plugin) (logger: ILogger) : Task<unit> =
        task {
            let tag = tag services plugin
            (counters services).AddOrUpdate(tag, 1L, (fun _ generation -> generation + 1L)) |> ignore

            try
                do! services.Cache.RemoveByTagAsync tag
            with error ->
                logger.LogWarning(
                    error,
                    "The shared cache of {Plugin} could not be emptied; it ends with its time",
                    plugin.Id
                )
        }
