using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SchemaToolkit.Fluent.Tests;

public sealed record UserPreference(
    Guid Id, Guid UserId, Dictionary<string, string> Preferences, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public enum Mood
{
    Calm,
    VeryHappy,
    [Column("off")] Unwell,
}

/// <summary>A property of every type that is inferred.</summary>
public sealed record Everything(
    Guid Id,
    string Name,
    string? Nickname,
    short Small,
    int Whole,
    long Big,
    float Single,
    double Twice,
    decimal Money,
    bool Active,
    DateOnly Day,
    TimeOnly Clock,
    DateTime Local,
    DateTimeOffset Instant,
    TimeSpan Span,
    byte[] Bytes,
    string[] Tags,
    List<int> Numbers,
    ImmutableArray<Guid> Ids,
    IReadOnlyList<Mood> Moods,
    byte Tiny,
    uint Unsigned,
    int? Maybe,
    Mood Mood,
    JsonElement Element,
    JsonObject Node,
    ReadOnlyMemory<float> Embedding);

public sealed record Account(int Id, string Email, Guid OwnerId, decimal Balance, DateTimeOffset? ClosedAt)
{
    public string Label => $"{Email} ({Id})";
    public string Note { get; init; } = "";
}

public sealed record Owner(Guid Id, string FullName, Guid? ParentId);

#nullable disable
public sealed record Oblivious(int Id, string Name, string Other);
#nullable restore
