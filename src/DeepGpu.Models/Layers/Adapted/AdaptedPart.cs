using System.Collections.Immutable;

namespace DeepGpu.Models.Layers;

/// <summary>A layer with several kernels, each of which can have low-rank matrices beside it.</summary>
internal interface IAdaptableParts
{
    /// <summary>The matrices beside kernels; null for none.</summary>
    ImmutableArray<LoraAdapter>? LoraAdapters { get; }

    /// <summary>The kernels, for the shapes of the layer's inputs.</summary>
    IEnumerable<AdaptedPart> AdaptableParts(IReadOnlyList<Shape> inputs);

    /// <summary>The same layer with matrices beside a kernel, in place of those it has there.</summary>
    /// <param name="adapter">The matrices.</param>
    /// <param name="only">Whether they alone are trained, not what is not adapted.</param>
    Layer WithAdapter(LoraAdapter adapter, bool only);

    /// <summary>The same layer without the matrices beside a kernel.</summary>
    Layer WithoutAdapter(string part);
}

/// <summary>A kernel of a layer that has several.</summary>
/// <param name="Owner">The layer.</param>
/// <param name="Name">What the names of its weights start with.</param>
/// <param name="Matrix">The kernel.</param>
/// <param name="Adapter">The matrices beside it; null for none.</param>
/// <param name="LoraOnly">Whether they alone are trained.</param>
internal sealed record AdaptedPart(Layer Owner, string Name, MatrixForm Matrix, LoraAdapter? Adapter, bool LoraOnly) : IAdaptable
{
    public Quantization? Quantization => null;

    public int? LoraRank => Adapter?.Rank;

    public double? LoraAlpha => Adapter?.Alpha;

    /// <summary>The weights of the part: its kernel, its bias, and what is trained beside them.</summary>
    /// <exception cref="ShapeException">The kernel has a constraint beside matrices.</exception>
    public IEnumerable<WeightSpec> Weights(WeightSpec kernel, WeightSpec? bias)
    {
        var weights = Matrix.Weights(this, kernel, bias);
        return LoraOnly ? weights.Select(weight => weight.IsAdapter ? weight : weight.Frozen()) : weights;
    }

    public bool Supports(Quantization quantization) => false;

    public MatrixForm Form(Shape input) => Matrix;

    public Layer With(Quantization quantization) => throw new NotSupportedException(nameof(Quantization));

    public Layer WithLora(int rank, double? alpha, bool only)
        => Adapter is null ? ((IAdaptableParts)Owner).WithAdapter(new(Name, rank, alpha ?? rank), only) : throw Lora.Twice(Owner, Name);

    public Layer WithoutLora() => ((IAdaptableParts)Owner).WithoutAdapter(Name);
}
