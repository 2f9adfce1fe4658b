using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>What the samples of a frame are multiplied by before its spectrum is taken: a function, or custom values. Both convert
/// to it.</summary>
public sealed record SpectrumWindow
{
    private readonly ValueList<double> _values;

    private SpectrumWindow()
    {
    }

    /// <summary>A window of a function.</summary>
    /// <param name="function">The function.</param>
    public SpectrumWindow(WindowFunction function) => Function = Enum.IsDefined(function)
        ? function
        : throw Require.OutOfRange(nameof(SpectrumWindow), nameof(function), "a function of the list", function);

    /// <summary>A window of values, as many as a frame has samples.</summary>
    /// <param name="values">The values, finite, one or more.</param>
    public SpectrumWindow(params ImmutableArray<double> values) => _values = new(Checked(values));

    /// <summary>No window: layers keep null in its place.</summary>
    public static SpectrumWindow None { get; } = new();

    /// <summary>The function; null for values.</summary>
    public WindowFunction? Function { get; }

    /// <summary>The values; null for a function.</summary>
    public ImmutableArray<double>? Values => _values.Elements;

    /// <summary>A window of a function.</summary>
    public static implicit operator SpectrumWindow(WindowFunction function) => new(function);

    /// <summary>A window of values.</summary>
    public static implicit operator SpectrumWindow(double[] values) => new([.. values ?? throw new ArgumentNullException(nameof(values))]);

    /// <summary>Itself, or null for none.</summary>
    internal SpectrumWindow? OrNull => Function is null && Values is null ? null : this;

    /// <summary>The values for frames of a length.</summary>
    internal double[] Of(int length, bool periodic)
        => Function is { } function ? WindowFormulas.Values(function, length, periodic) : [.. Values!.Value];

    /// <summary>Checks that values are as many as a frame has samples.</summary>
    internal void CheckFor(int length)
    {
        if (Values is not { } given || given.Length == length) return;
        throw new ShapeException($"a window of {length} values, one a sample of a frame", $"Give {length} instead of {given.Length}.");
    }

    private static ImmutableArray<double> Checked(ImmutableArray<double> values)
    {
        if (!values.IsDefaultOrEmpty && values.All(double.IsFinite)) return values;
        var received = values.IsDefaultOrEmpty ? "none" : string.Join(", ", values);
        throw Require.OutOfRange(nameof(SpectrumWindow), nameof(values), "one finite number or more", received);
    }
}
