using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>What the attentions of decoders have in common whose projections are layers of their own: positions told by turning
/// (<see cref="RotaryEmbedding"/>), each step sees itself and those before.</summary>
/// <remarks>While a model generates, keys and values of earlier steps are kept. Keras has no such layers.</remarks>
public abstract record DecoderAttention : Layer
{
    private protected DecoderAttention()
    {
    }

    /// <summary>The base of the wavelengths, above 0. Default 10000.</summary>
    public double MaxWavelength { get; init => field = Require.Positive(value, ClassName, nameof(MaxWavelength)); } = 10000;

    /// <summary>How positions are stretched over longer sequences; null for not at all, the default.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    /// <summary>What scores are multiplied with, above 0; null for 1 over the root of the length of a head's queries, the
    /// default.</summary>
    public double? Scale { get; init => field = value is { } scale ? Require.Positive(scale, ClassName, nameof(Scale)) : null; }

    /// <summary>The share of scores set to 0 while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>Whether a step sees no later one. Default true.</summary>
    public bool UseCausalMask { get; init; } = true;

    internal override string Module => KerasModules.Own;

    /// <summary>Heads of queries.</summary>
    internal abstract int QueryHeads { get; }

    /// <summary>The length of each head's queries and keys.</summary>
    internal abstract int HeadKeyDim { get; }

    /// <summary>The length of each head's values.</summary>
    internal abstract int HeadValueDim { get; }

    /// <summary>Features of each head's queries and keys that are turned.</summary>
    internal abstract int TurnedFeatures { get; }

    /// <summary>What scores are multiplied with.</summary>
    internal double ScoreScale => Scale ?? 1 / Math.Sqrt(HeadKeyDim);

    /// <summary>The turning of queries and keys and the product of queries, keys and values.</summary>
    private protected IReadOnlyList<Operation> Attend(string name, IReadOnlyList<Shape> inputs)
    {
        var (steps, elements) = (Steps(inputs[0]), (double)inputs[0][0]!.Value * Steps(inputs[0]));
        var scores = elements * steps * QueryHeads * (HeadKeyDim + HeadValueDim);
        var turned = 10 * elements * QueryHeads * TurnedFeatures;
        return
        [
            Work.Of(name, OperationKind.Attention, inputs, OutputShapes(inputs)) with
            {
                ForwardFlops = 2 * scores,
                BackwardFlops = 4 * scores,
                ForwardElements = turned,
                BackwardElements = turned,
                WeightElements = Weights(inputs).Sum(weight => weight.Count),
                TrainableWeightElements = Weights(inputs).Sum(weight => weight.Count),
                SavesInputs = true,
            },
        ];
    }

    /// <summary>A number of features that a sequence's steps must have.</summary>
    private protected static void Check(Shape sequence, int features, string what)
    {
        if (sequence.Rank is not (3 or 4) || sequence.Axes[2..].Any(length => length is null)
            || sequence.Axes[2..].Aggregate(1L, (product, length) => product * length!.Value) != features)
            throw new ShapeException($"{what} (batch, steps, {features}), the heads joined or on an axis of their own",
                "Project the sequence to that length with a Dense layer.");
    }

    /// <summary>Refuses a stretching that does not fit the features.</summary>
    private protected void CheckScaling()
    {
        if (RotaryScaling is not { Kind: RotaryScalingKind.LongRope } scaling) return;
        if (scaling.ShortFactors.Length != TurnedFeatures / 2 || scaling.LongFactors.Length != TurnedFeatures / 2)
            throw new ShapeException($"{TurnedFeatures / 2} short and long factors, one for each pair of features that is turned",
                "Correct RotaryScaling.");
    }

    private static int Steps(Shape sequence) => sequence[1]!.Value;
}
