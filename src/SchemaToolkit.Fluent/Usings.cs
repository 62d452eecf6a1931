global using Core = global::SchemaToolkit;
