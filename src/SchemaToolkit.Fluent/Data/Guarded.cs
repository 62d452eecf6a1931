using System.Runtime.ExceptionServices;

namespace SchemaToolkit.Fluent;

/// <summary>The line between the F# layer's exceptions and the facade's.</summary>
internal static class Guarded
{
    /// <summary>Errors of the data layer leave as <see cref="DataAccessException"/>.</summary>
    public static async Task<T> Run<T>(Func<Task<T>> body)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (Core.DatabaseException error)
        {
            throw new DataAccessException(error);
        }
    }

    /// <summary>The other way, for a body that the data layer runs: it must see its own errors to run the transaction again.</summary>
    public static async Task<T> Body<T>(Func<Task<T>> body)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (DataAccessException error)
        {
            ExceptionDispatchInfo.Throw(error.Reported);
            throw;
        }
    }
}
