namespace DeepGpu.Models;

/// <summary>Additive attention: softmax(sum of scale * tanh(query + key)) . value. Bahdanau et al., 2014.</summary>
/// <remarks>Keras: https://keras.io/api/layers/attention_layers/additive_attention/</remarks>
public sealed record AdditiveAttention : AttentionLayer
{
    /// <summary>How often each pair's elements are read or written: by the sum of query and key once,
    /// by the function twice, by the scale twice, by
    /// the sum over them once; going backward three, and two for each of the sums and the scale.</summary>
    private static readonly (double Forward, double Backward, int Launches) ScaledPasses = (6, 9, 5);

    private static readonly (double Forward, double Backward, int Launches) PlainPasses = (4, 6, 4);

    /// <summary>Whether a learned factor for each feature weighs the sum. Default true.</summary>
    public bool UseScale { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var dim = inputs[0][^1] ?? throw new ShapeException("a query whose last axis is known", "Give the model's input a full shape.");
        return UseScale ? [new("scale", [dim], Initializer.GlorotUniform)] : [];
    }

    /// <inheritdoc/>
    /// <remarks>Every query meets every key in a sum of its own: (batch, queries, keys, dim) elements are summed, squashed,
    /// scaled and summed up.</remarks>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var pairs = inputs[0].Elements!.Value * inputs[1][1]!.Value;
        var passes = UseScale ? ScaledPasses : PlainPasses;
        return [base.Operations(name, inputs)[0] with
        {
            ForwardElements = passes.Forward * pairs,
            BackwardElements = passes.Backward * pairs,
            ForwardLaunches = passes.Launches,
            BackwardLaunches = 2 * passes.Launches,
            SavedElements = pairs
        }];
    }
}
