namespace SchemaToolkit.Fluent;

/// <summary>Rows of a page, and where the next one begins.</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
/// <param name="Items">In the order of the primary key.</param>
/// <param name="Next">Give it to <c>PageAsync</c> for the rows after these; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
