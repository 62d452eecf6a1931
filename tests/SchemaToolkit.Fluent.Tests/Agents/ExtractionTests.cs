using System.ComponentModel;
using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class ExtractionTests
{
    public sealed record Place(string City, string? Street);

    public sealed record Answer(
        string Theme,
        int? Size,
        [property: Description("true when asked for")] bool Loud,
        Mood Mood,
        IReadOnlyList<string> Tags,
        DateOnly Day,
        decimal Price,
        Place? Place,
        string Language = "English");

    private static readonly Core.Agents.Extraction<Answer> Extraction = RecordExtraction.Of<Answer>();

    [Tests]
    public static readonly Test Tests = Runner.TestList("a record read out of a model's answer",
    [
        Runner.TestCase("asks for an element for each property", () => Check.Sequence(
            [
                "<answer>",
                "  <theme>text</theme>",
                "  <size>whole number</size>",
                "  <loud>true when asked for</loud>",
                "  <mood>calm/very_happy/off</mood>",
                "  <tags>",
                "    <tag>text</tag>",
                "    <tag>text</tag>",
                "  </tags>",
                "  <day>yyyy-MM-dd</day>",
                "  <price>number</price>",
                "  <place>",
                "    <city>text</city>",
                "    <street>text</street>",
                "  </place>",
                "  <language>text</language>",
                "</answer>",
            ],
            Core.Agents.Extraction.form(Extraction).Split('\n'), "form")),

        Runner.TestCase("has what was said, and defaults for what was not", () =>
        {
            var read = Core.Agents.Extraction.read(Extraction, """
                <think>They want it dark.</think> Sure!
                <answer><theme>dark</theme><loud>yes</loud><mood>very_happy</mood><tags><tag>a</tag><tag>b</tag></tags>
                <day>2025-03-04</day><price>1.50</price><place><city>Lisbon</city></place></answer>
                """);
            Check.True(read.IsOk, $"{read}");
            var answer = read.ResultValue;
            Check.Sequence(["a", "b"], answer.Tags, "list");
            Check.Equal(
                new Answer("dark", null, true, Mood.VeryHappy, answer.Tags, new(2025, 3, 4), 1.50m, new("Lisbon", null)), answer, "record");
        }),

        Runner.TestCase("is refused with every problem at once", () =>
        {
            var read = Core.Agents.Extraction.read(Extraction, "<answer><theme>dark</theme><loud>perhaps</loud><mood>sad</mood></answer>");
            var problems = string.Join("\n", read.ErrorValue);
            Check.Contains("<answer/loud> holds 'perhaps'", problems);
            Check.Contains("<answer/mood> holds 'sad'", problems);
            Check.Contains("<answer/day> is missing", problems);
        }),
    ]);
}
