namespace DeepGpu.Models;

/// <summary>Dot-product attention without projections: softmax(query . key) . value.</summary>
/// <remarks>Keras: https://keras.io/api/layers/attention_layers/attention/</remarks>
public sealed record Attention : AttentionLayer
{
    /// <summary>Whether a learned factor scales the scores. Default false.</summary>
    public bool UseScale { get; init; }

    /// <summary>How scores are computed. Default the dot product.</summary>
    public AttentionScore ScoreMode { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        var weights = new List<WeightSpec>();
        if (UseScale) weights.Add(new("scale", [], Initializer.Ones));
        if (ScoreMode == AttentionScore.Concat) weights.Add(new("concat_score_weight", [], Initializer.Ones));
        return weights;
    }
}

/// <summary>How attention scores queries against keys.</summary>
public enum AttentionScore
{
    /// <summary>The dot product. Luong et al., 2015.</summary>
    Dot,

    /// <summary>The sum of tanh(query + key).</summary>
    Concat,
}
