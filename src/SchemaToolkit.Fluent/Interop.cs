using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace SchemaToolkit.Fluent;

/// <summary>Where C# values become F# ones and back; nothing of it is public.</summary>
internal static class Interop
{
    public static FSharpList<T> ToFSharpList<T>(this IEnumerable<T> values) => ListModule.OfSeq(values);

    public static FSharpOption<T>? ToOption<T>(this T? value) where T : class =>
        value is null ? null : FSharpOption<T>.Some(value);
}
