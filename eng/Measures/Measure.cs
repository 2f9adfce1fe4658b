namespace Measures;

/// <summary>A number with the limit it must not pass, and the places it was found at.</summary>
internal sealed record Measure(string Name, int Value, int Limit, IReadOnlyList<string> Places)
{
    private const int Shown = 25;

    public bool Holds => Value <= Limit;

    public override string ToString() => string.Join('\n',
    [
        $"{(Holds ? "ok  " : "OVER")} {Name}: {Value} (limit {Limit})",
        .. Places.Take(Shown).Select(place => "       " + place),
        .. Places.Count > Shown ? [$"       and {Places.Count - Shown} more"] : Array.Empty<string>(),
    ]);
}
