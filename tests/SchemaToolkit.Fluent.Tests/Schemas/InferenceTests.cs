using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class InferenceTests
{
    private static readonly Table<Everything> Table = Fluent.Table.Define<Everything>("everything", t =>
    {
        t.Column(x => x.Embedding).Vector(3);
        t.PrimaryKey(x => x.Id);
    });

    private static string Describe(Core.ColumnDef column) =>
        $"{column.Name} {Core.ColumnTypeModule.describe(column.Type)}{(column.Nullable ? "" : " not null")}";

    [Tests]
    public static readonly Test Tests = Runner.TestList("a record's columns",
    [
        Runner.TestCase("have the types and nullness of its properties", () => Check.Sequence(
            [
                "id uuid not null",
                "name text not null",
                "nickname text",
                "small smallint not null",
                "whole integer not null",
                "big bigint not null",
                "single real not null",
                "twice double precision not null",
                "money numeric not null",
                "active boolean not null",
                "day date not null",
                "clock time not null",
                "local timestamp not null",
                "instant timestamptz not null",
                "span interval not null",
                "bytes bytea not null",
                "tags text[] not null",
                "numbers integer[] not null",
                "ids uuid[] not null",
                "moods text[] not null",
                "tiny smallint not null",
                "unsigned bigint not null",
                "maybe integer",
                "mood text not null",
                "element jsonb not null",
                "node jsonb not null",
                "embedding vector(3) not null",
            ],
            Table.Definition.Columns.Select(Describe), "columns")),

        Runner.TestCase("take init properties after the constructor's, and leave out what is only computed", () => Check.Sequence(
            ["id", "email", "owner_id", "balance", "closed_at", "note"],
            Fluent.Table.Define<Account>("accounts").Columns, "columns")),

        Runner.TestCase("are taken from the record and put back without loss", () =>
        {
            var record = new Everything(
                Guid.NewGuid(), "n", null, 1, 2, 3, 1.5f, 2.5, 1.10m, true, new(2025, 2, 3), new(4, 5, 6),
                new(2025, 1, 2), DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), [1, 2], ["a", "b"], [3, 4], [Guid.Empty],
                [Mood.VeryHappy, Mood.Unwell], 200, uint.MaxValue, null, Mood.VeryHappy,
                System.Text.Json.JsonDocument.Parse("[1]").RootElement, new() { ["a"] = 1 }, new float[] { 1, 2, 3 });
            var row = Table.Map.ToRow(record);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                    Check.Equal(Core.ColumnTypeModule.clrType(Table.Definition.Columns[i].Type), value.GetType(), Table.Columns[i]);
            }

            Check.Sequence(["very_happy", "off"], (string[])row[19]!, "enums are kept by name");
            var back = Table.Map.FromRow(row);
            Check.Sequence(record.Moods, back.Moods, "moods");
            Check.Sequence(record.Embedding.ToArray(), back.Embedding.ToArray(), "embedding");
            Check.Equal(record.Tiny, back.Tiny, "tiny");
            Check.Equal(record.Unsigned, back.Unsigned, "unsigned");
            Check.Equal("{\"a\":1}", back.Node.ToJsonString(), "node");
            Check.Equal(record.Nickname, back.Nickname, "null");
        }),

        Runner.TestCase("are not guessed where the compiler was told nothing", () =>
        {
            var refused = Check.Throws<SchemaDefinitionException>(() => Fluent.Table.Define<Oblivious>("oblivious"));
            Check.Equal(2, refused.Problems.Count, "one problem for each property");
            Check.Contains("#nullable enable", refused.Message);
            var told = Fluent.Table.Define<Oblivious>("oblivious", t =>
            {
                t.Column(x => x.Name).Required();
                t.Column(x => x.Other).Optional();
            });
            Check.Sequence(["id integer not null", "name text not null", "other text"], told.Definition.Columns.Select(Describe), "columns");
        }),

        Runner.TestCase("are refused all at once where they cannot be", () =>
        {
            var refused = Check.Throws<SchemaDefinitionException>(() => Schema.For("@org/plugin-x", s =>
            {
                s.Table<UserPreference>("user_preferences", t =>
                {
                    t.Column(x => x.Id).Optional();
                    t.Column(x => x.CreatedAt).Varchar(10);
                });
                s.Table<Owner>("owners", t => t.Column(x => x.FullName).Vector(2));
            }));
            Check.Equal(4, refused.Problems.Count, refused.Message);
            Check.Contains("Guid cannot hold null", refused.Message);
            Check.Contains("property Preferences is a Dictionary<String, String>", refused.Message);
            Check.Contains("but a column of type varchar(10) holds a String", refused.Message);
            Check.Contains("but a column of type vector(2) holds a Single[]", refused.Message);
        }),

        Runner.TestCase("are named by lambdas that are properties and nothing else", () =>
        {
            var refused = Check.Throws<ArgumentException>(() =>
                Fluent.Table.Define<Owner>("owners", t => t.PrimaryKey(x => x.FullName.Length)));
            Check.Contains("is not a property of Owner", refused.Message);
            Check.Contains("cannot be a column", Check.Throws<ArgumentException>(() =>
                Fluent.Table.Define<Account>("accounts", t => t.Column(x => x.Label))).Message);
        }),
    ]);
}
