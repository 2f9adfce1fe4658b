using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>A layer with options and the shapes of inputs it is tried on, the batch first.</summary>
internal sealed record LayerCase(string Name, Layer Layer, IReadOnlyList<Shape> Inputs)
{
    /// <summary>Whether the inputs are whole numbers below this.</summary>
    public int? Below { get; init; }

    /// <summary>The first input of which some steps at either end are masked, and all after it; null for none.</summary>
    public int? MaskedFrom { get; init; }

    /// <summary>Whether the output is truth values or steps, which have no gradient.</summary>
    public bool YieldsTruth { get; init; }

    /// <summary>Whether values are rounded, so that small differences of inputs make none, or a large one.</summary>
    public bool IsRounded { get; init; }

    /// <summary>Whether gradients are checked as in training: not where the layer holds some of its own numbers fixed.</summary>
    public bool ChecksTraining { get; init; } = true;

    public override string ToString() => Name;
}
