using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class TableTests
{
    private static Core.Table Define<T>(Action<TableBuilder<T>> describe) where T : class => Table.Define("things", describe).Definition;

    [Tests]
    public static readonly Test Tests = Runner.TestList("a table",
    [
        Runner.TestCase("pins names by attribute, by word, and by former names", () =>
        {
            var columns = Define<Owner>(t =>
            {
                t.Column(x => x.FullName).Named("label").RenamedFrom("title").RenamedFrom("name");
                t.RenamedFrom("old_things").Comment("people").Shared();
            });
            Check.Equal("label", columns.Columns[1].Name, "named");
            Check.Sequence(["name", "title"], columns.Columns[1].RenamedFrom, "newest former name first");
            Check.True(columns.Shared, "shared");
        }),

        Runner.TestCase("writes checks and predicates with holes for its columns and constants", () =>
        {
            const int least = 5;
            var mail = "o'neil";
            var table = Define<Account>(t =>
            {
                t.Check("rich", x => $"{x.Balance} >= {least} AND {x.Email} <> {mail}");
                t.Index(x => x.OwnerId).ThenByDescending(x => x.Balance).NullsLast().Unique()
                    .Where(x => $"{x.ClosedAt} IS NULL").Including(x => x.Email);
                t.Index(x => $"lower({x.Email})").OnlyOn(Engine.Postgres);
            });
            var check = table.Checks.Head;
            Check.Equal("things_rich_check", check.Name, "derived name");
            Check.Equal("balance >= 5 AND email <> 'o''neil'", Core.SqlTextModule.describe(check.Expression), "text");
            Check.Sequence(["balance", "email"], Core.SqlTextModule.columns(check.Expression), "holes");
            var index = table.Indexes[0];
            Check.Equal("things_owner_id_balance_idx", index.Name, "derived name");
            Check.True(index.Unique && index.Parts[1].Descending && !index.Parts[0].Descending, "order");
            Check.Equal(Core.NullsOrder.Last, index.Parts[1].Nulls, "nulls");
            Check.Equal("closed_at IS NULL", Core.SqlTextModule.describe(index.Where!.Value), "predicate");
            Check.Equal("things_expr_idx", table.Indexes[1].Name, "expression index");
        }),

        Runner.TestCase("sees a name pinned after a key or check named the property", () =>
        {
            var table = Define<Account>(t =>
            {
                t.PrimaryKey(x => x.Id);
                t.Unique(x => x.Email);
                t.Check("some", x => $"{x.Email} <> ''");
                t.Column(x => x.Id).Named("account_id").Identity();
                t.Column(x => x.Email).Named("mail").Varchar(100).DefaultsTo("none");
            });
            Check.Sequence(["account_id"], table.PrimaryKey!.Value.Columns, "key");
            Check.Equal("things_mail_key", table.Uniques.Head.Name, "unique");
            Check.Equal("mail <> ''", Core.SqlTextModule.describe(table.Checks.Head.Expression), "check");
            Check.Equal(Core.ColumnDefault.NewLiteral(Core.Literal.NewText("none")), table.Columns[1].Default!.Value, "default");
        }),

        Runner.TestCase("references another by its record, itself, or a table given as a value", () =>
        {
            var shared = Schema.For("@org/plugin-people", s => s.Table<Owner>("owners", t => t.PrimaryKey(x => x.Id).Shared()));
            var schema = Schema.For("@org/plugin-bank", s =>
            {
                s.Table<Account>("accounts", t => t.References<Owner>(x => x.OwnerId, o => o.Id).OnDelete(ReferentialAction.Cascade));
                s.Table<Owner>("clients", t =>
                {
                    t.PrimaryKey(x => x.Id);
                    t.References<Owner>(x => x.ParentId, o => o.Id);
                    t.References(shared.Table<Owner>(), x => x.Id, o => o.Id).Named("same_person");
                });
            });
            var tables = schema.Value.Tables;
            Check.Equal("plugin_bank.clients", tables[0].ForeignKeys.Head.Target.ToString(), "by record");
            Check.Equal(Core.ReferentialAction.Cascade, tables[0].ForeignKeys.Head.OnDelete, "action");
            Check.Sequence(["plugin_bank.clients", "plugin_people.owners"], tables[1].ForeignKeys.Select(key => key.Target.ToString()), "targets");
            Check.Sequence(["things", "same_person"], ["things", tables[1].ForeignKeys[1].Name], "given name");
        }),

        Runner.TestCase("is refused when it references a record of no table", () => Check.Contains(
            "references Owner, which is no table of this schema",
            Check.Throws<SchemaDefinitionException>(() => Schema.For("@org/plugin-bank", s =>
                s.Table<Account>("accounts", t => t.References<Owner>(x => x.OwnerId, o => o.Id)))).Message)),

        Runner.TestCase("is refused with every problem that its schema has", () =>
        {
            var refused = Check.Throws<SchemaDefinitionException>(() => Schema.For("@org/plugin-hostile", s =>
            {
                s.Table<Owner>("a\"; DROP TABLE users; --");
                s.Table<Owner>("owners", t =>
                {
                    t.Column(x => x.FullName).Named(new string('n', 64)).Varchar(0);
                    t.Column(x => x.ParentId).Named("id");
                });
            }));
            Check.True(refused.Problems.Count >= 4, refused.Message);
            Check.Contains("holds a quote", refused.Message);
            Check.Contains("64 bytes long", refused.Message);
            Check.True(refused.Message.Contains("@org/plugin-hostile"), "names the plugin");
        }),

        Runner.TestCase("keeps an enum as a type of its own on request", () =>
        {
            var schema = Schema.For("@org/plugin-moods", s => s.Table<Diary>("diary", t => t.Column(x => x.Mood).AsEnum()));
            Check.Equal("plugin_moods.mood", schema.Value.Enums.Head.Name.ToString(), "type");
            Check.Sequence(["calm", "very_happy", "off"], schema.Value.Enums.Head.Values, "values");
            Check.Equal("plugin_moods.mood", Core.ColumnTypeModule.describe(schema.Value.Tables.Head.Columns[1].Type), "column");
        }),
    ]);
}

public sealed record Diary(int Id, Mood Mood);
