namespace SchemaToolkit.Fluent;

internal static class Placeholder
{
    internal const string Name = "SchemaToolkit.Fluent";
}
