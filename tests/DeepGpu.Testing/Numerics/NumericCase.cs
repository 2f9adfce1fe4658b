using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>A layer, and the inputs that the engine and the plain loops must agree on.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The shapes of the inputs, the batch first.</param>
internal sealed record NumericCase(Layer Layer, params int[][] Inputs)
{
    /// <summary>A case of one input.</summary>
    public NumericCase(Layer layer, params int[] input)
        : this(layer, [input])
    {
    }

    /// <summary>The axes that the model leaves open, the batch being 0. Default the batch alone.</summary>
    public int[] OpenAxes { get; init; } = [0];

    /// <summary>Whether each input has a mask, the first to the last; those not named have none.</summary>
    public bool[] Masked { get; init; } = [];

    /// <summary>Whether the first step of every sample counts: for softmax over steps, which needs one.</summary>
    public bool FirstStepCounts { get; init; }

    /// <summary>Whole numbers below this instead of real ones.</summary>
    public int? Below { get; init; }

    /// <summary>Whether a pass of training computes what the formula says: not where it draws random numbers.</summary>
    public bool Trains { get; init; } = true;

    /// <summary>Decides the numbers.</summary>
    public int Seed { get; init; }

    /// <summary>The shapes as the model knows them.</summary>
    public IReadOnlyList<Shape> Shapes
        => [.. Inputs.Select(shape => new Shape(shape.Select((length, axis) => OpenAxes.Contains(axis) ? (int?)null : length)))];

    /// <summary>The layer and the shapes, for whom a case fails.</summary>
    public override string ToString()
        => $"{LayerText.Of(Layer)} on {string.Join(" and ", Inputs.Select((shape, i) => $"({string.Join(", ", shape)}){(IsMasked(i)
            ? " masked" : "")}"))}, open axes {string.Join(", ", OpenAxes)}, numbers of seed {Seed}";

    public bool IsMasked(int input) => Masked.ElementAtOrDefault(input);
}
