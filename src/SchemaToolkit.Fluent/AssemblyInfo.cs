using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("SchemaToolkit.Fluent.Tests")]
