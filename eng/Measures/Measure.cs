namespace Measures;

/// <summary>A number with the limit it must not pass, and the places it was found at.</summary>
internal sealed record Measure(string Name, int Value, int Limit, IReadOnlyList<string> Places)
{
    private const int Shown = 25;

    /// <summary>Whether every place is printed.</summary>
    public bool IsWhole { get; init; }

    public bool Holds => Value <= Limit;

    public override string ToString() => string.Join('\n',
    [
        $"{(Holds ? "ok  " : "OVER")} {Name}: {Value} (limit {Limit})",
        .. Places.Take(IsWhole ? Places.Count : Shown).Select(place => "       " + place),
        .. Places.Count > Shown && !IsWhole ? [$"       and {Places.Count - Shown} more"] : Array.Empty<string>(),
    ]);
}
