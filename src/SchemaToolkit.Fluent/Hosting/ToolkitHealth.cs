using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SchemaToolkit.Fluent;

/// <summary>The toolkit among a host's health checks.</summary>
public static class ToolkitHealthChecks
{
    /// <summary>Healthy when every plugin is migrated and the database answers; degraded when the database is newer than this program.</summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned; <c>AddSchemaToolkit</c> is called on the services, too.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What is reported when the start failed or is not over, or the database does not answer; unhealthy unless given.</param>
    /// <param name="tags">For choosing checks, such as <c>ready</c>.</param>
    /// <param name="timeout">How long the database may take to answer; five seconds unless given.</param>
    public static IHealthChecksBuilder AddSchemaToolkit(
        this IHealthChecksBuilder builder,
        string name = "schematoolkit",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null) =>
        builder.Add(new HealthCheckRegistration(
            name,
            provider => new ToolkitHealth(provider.GetRequiredService<StartedToolkit>()),
            failureStatus,
            tags,
            timeout ?? TimeSpan.FromSeconds(5)));
}

/// <summary>Looks at the start first: without it there is no database to ask.</summary>
internal sealed class ToolkitHealth(StartedToolkit started) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthCheckResult Failed(string description, Exception? error = null) =>
            new(context.Registration.FailureStatus, description, error);

        if (started.Failure is { } failure) return Failed($"The toolkit did not start. {failure.Message}", failure);
        if (started.Running is not { } toolkit) return Failed("The toolkit is not running: the host is starting, or stopping.");

        try
        {
            await toolkit.Database.QuerySingleAsync<int>($"SELECT 1", cancellationToken).ConfigureAwait(false);
        }
        catch (DataAccessException error)
        {
            return Failed($"{toolkit.Report.Target} does not answer. {error.Message}", error);
        }

        var outcomes = toolkit.Report.Outcomes;
        var data = outcomes.ToDictionary(each => each.Plugin, each => (object)each.State.ToString());
        return outcomes.Any(each => each.State == MigrationState.OlderProgram)
            ? HealthCheckResult.Degraded($"{toolkit.Report.Target} is newer than this program: {toolkit.Report}", data: data)
            : HealthCheckResult.Healthy($"{toolkit.Report.Target} answers; {outcomes.Count} {(outcomes.Count == 1 ? "plugin" : "plugins")} migrated.", data);
    }
}
