using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SchemaToolkit.Fluent;

/// <summary>Holds the toolkit from its start to the end of the container.</summary>
internal sealed class StartedToolkit : IAsyncDisposable, IDisposable
{
    private Toolkit? toolkit;

    /// <summary>Null before the start is over, and after the end.</summary>
    public Toolkit? Running => toolkit;

    /// <summary>Why the start failed.</summary>
    public Exception? Failure { get; set; }

    public Toolkit Value
    {
        get => toolkit ?? throw new InvalidOperationException(
            "The toolkit has not started: the host's start migrates and initialises it before any other service starts. "
            + "Ask for it when it is used, not while the host is being built.");
        set => toolkit = value;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref toolkit, null) is { } started) await started.DisposeAsync().ConfigureAwait(false);
    }

    // A container that is disposed synchronously refuses services that cannot be.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}

/// <summary>Starts before every <c>StartAsync</c> of the host.</summary>
internal sealed class ToolkitStarter(ToolkitOptions options, IServiceProvider provider, StartedToolkit started, ILogger<Toolkit> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        options.FillFrom(provider, logger);
        try
        {
            var toolkit = await Toolkit.StartAsync(options, provider, cancellationToken).ConfigureAwait(false);
            started.Value = toolkit;
            foreach (var outcome in toolkit.Report.Outcomes)
            {
                logger.LogInformation(
                    "{Plugin} in {Namespace} on {Target}: {State}, {Count} changes",
                    outcome.Plugin, outcome.Namespace, toolkit.Report.Target, outcome.State, outcome.Changes.Count);
            }
        }
        catch (SchemaToolkitException error)
        {
            started.Failure = error;
            logger.LogCritical("{Error}", error.Message);
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
