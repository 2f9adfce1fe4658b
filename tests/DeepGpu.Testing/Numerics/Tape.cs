namespace DeepGpu.Testing.Numerics;

/// <summary>Remembers how each number was computed from at most two others, so that gradients follow by the chain rule,
/// backwards.</summary>
internal sealed class Tape : IDisposable
{
    [ThreadStatic]
    private static Tape? _current;

    private Entry[] _entries = new Entry[4096];
    private int _count = 1;

    private Tape()
    {
    }

    /// <summary>The smallest distance, other than 0, of two numbers that were compared: where it is tiny, rounding to single precision may
    /// take the other branch.</summary>
    public double SmallestMargin { get; private set; } = double.PositiveInfinity;

    /// <summary>Begins to remember what this thread computes.</summary>
    public static Tape Begin() => _current = new();

    /// <summary>A number that gradients are wanted for.</summary>
    public Scalar Variable(double value) => new(value, Add(default));

    /// <summary>The gradient of a weighted sum of outputs by every number on the tape.</summary>
    public double[] Gradients(IEnumerable<(Scalar Output, double Weight)> outputs)
    {
        var gradients = new double[_count];
        foreach (var (output, weight) in outputs) gradients[output.Node] += weight;
        for (var i = _count - 1; i > 0; i--)
        {
            if (gradients[i] == 0) continue;
            var entry = _entries[i];
            gradients[entry.Left] += gradients[i] * entry.LeftSlope;
            gradients[entry.Right] += gradients[i] * entry.RightSlope;
        }

        return gradients;
    }

    /// <inheritdoc/>
    public void Dispose() => _current = null;

    /// <summary>The result of an operation, with its slopes by what it was computed from.</summary>
    internal static Scalar Record(double value, Scalar a, double slope, Scalar b = default, double otherSlope = 0)
        => (a.Node | b.Node) == 0 || _current is not { } tape ? new(value) : new(value, tape.Add(new(a.Node, b.Node, slope, otherSlope)));

    /// <summary>Compares, and remembers how close it was.</summary>
    internal static int Compare(double a, double b)
    {
        if (_current is { } tape && a != b) tape.SmallestMargin = Math.Min(tape.SmallestMargin, Math.Abs(a - b));
        return a.CompareTo(b);
    }

    private int Add(Entry entry)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
        _entries[_count] = entry;
        return _count++;
    }

    private readonly record struct Entry(int Left, int Right, double LeftSlope, double RightSlope);
}
