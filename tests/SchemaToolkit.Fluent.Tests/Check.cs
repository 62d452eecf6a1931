using Expecto;

namespace SchemaToolkit.Fluent.Tests;

/// <summary>Expectations whose failure shows both sides.</summary>
internal static class Check
{
    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new AssertException($"{what}\nexpected: {expected}\nactual:   {actual}");
    }

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what) =>
        Equal(string.Join("\n", expected), string.Join("\n", actual), what);

    public static void True(bool actual, string what) => Equal(true, actual, what);

    public static void Contains(string part, string whole)
    {
        if (!whole.Contains(part, StringComparison.Ordinal))
            throw new AssertException($"'{part}' is missing in:\n{whole}");
    }

    public static TException Throws<TException>(Action act) where TException : Exception
    {
        try
        {
            act();
        }
        catch (TException expected)
        {
            return expected;
        }

        throw new AssertException($"No {typeof(TException).Name} was thrown.");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> act) where TException : Exception
    {
        try
        {
            await act();
        }
        catch (TException expected)
        {
            return expected;
        }

        throw new AssertException($"No {typeof(TException).Name} was thrown.");
    }
}
