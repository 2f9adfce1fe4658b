using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>x * scale + offset.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/</remarks>
public sealed record Rescaling : UnaryLayer
{
    private readonly ValueList<double> _scale;
    private readonly ValueList<double> _offset = new([0]);

    /// <summary>Creates the layer.</summary>
    /// <param name="scale">The factor: one number, or one a channel.</param>
    public Rescaling(params ImmutableArray<double> scale) => Scale = scale;

    /// <summary>The factor: one number, or one a channel.</summary>
    public ImmutableArray<double> Scale { get => _scale.Elements!.Value; init => _scale = new(Checked(value, nameof(Scale))); }

    /// <summary>Added after the factor: one number, or one a channel. Default 0.</summary>
    public ImmutableArray<double> Offset { get => _offset.Elements!.Value; init => _offset = new(Checked(value, nameof(Offset))); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var several = Math.Max(Scale.Length, Offset.Length);
        var fits = several == 1
            || new[] { Scale.Length, Offset.Length }.All(length => length == 1 || length == several) && (input[^1] ?? several) == several;
        return fits
            ? input
            : throw new ShapeException($"{several} channels, one for each number of its scale and offset",
                "Give one number, or one a channel.");
    }

    private static ImmutableArray<double> Checked(ImmutableArray<double> numbers, string name)
    {
        const string Range = "one or several finite numbers";
        if (numbers.IsDefaultOrEmpty) throw Require.OutOfRange(nameof(Rescaling), name, Range, "none");
        return numbers.All(double.IsFinite)
            ? numbers
            : throw Require.OutOfRange(nameof(Rescaling), name, Range, string.Join(", ", numbers));
    }
}
