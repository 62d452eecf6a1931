namespace SchemaToolkit.Fluent;

/// <summary>Makes Core's records, whose fields are positional in C#, in one place.</summary>
internal static class Drafts
{
    public static Core.ColumnDef Definition(
        string name,
        Core.ColumnType type,
        bool nullable = false,
        Core.ColumnDefault? columnDefault = null,
        Core.Identity? identity = null,
        Core.Generated? generated = null,
        string? collation = null,
        string? comment = null,
        IEnumerable<string>? renamedFrom = null) =>
        new(
            name,
            type,
            nullable,
            columnDefault.ToOption(),
            identity.ToOption(),
            generated.ToOption(),
            collation.ToOption(),
            comment.ToOption(),
            (renamedFrom ?? []).ToFSharpList());

    /// <summary>A table without its foreign keys, which <c>Table.references</c> adds.</summary>
    public static Core.Table Table(
        string name,
        IEnumerable<MappedColumn> columns,
        Core.PrimaryKey? primaryKey,
        IEnumerable<Core.Unique> uniques,
        IEnumerable<Core.Check> checks,
        IEnumerable<Core.IndexDef> indexes,
        Core.RowSecurity rowSecurity,
        IEnumerable<Core.Policy> policies,
        Core.SqlText? partitionBy,
        bool withoutRowId,
        string? comment,
        bool shared,
        IEnumerable<string> renamedFrom) =>
        new(
            Core.ObjectNameModule.relative(name),
            columns.Select(each => each.Definition).ToFSharpList(),
            primaryKey.ToOption(),
            uniques.ToFSharpList(),
            Array.Empty<Core.ForeignKey>().ToFSharpList(),
            checks.ToFSharpList(),
            indexes.ToFSharpList(),
            rowSecurity,
            policies.ToFSharpList(),
            partitionBy.ToOption(),
            withoutRowId,
            comment.ToOption(),
            shared,
            renamedFrom.ToFSharpList());
}
