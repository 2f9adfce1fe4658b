using TorchSharp;

namespace DeepGpu;

/// <summary>Pulls embeddings of one class together and pushes those of different classes apart, over all pairs of a batch.</summary>
/// <remarks>Output (batch, features) of vectors of length 1, e.g. from <c>UnitNormalization</c>; targets (batch) or (batch, 1) of class
/// numbers. With d the cosine distance, at least 0, a sample's loss is softplus(near + far), where near is the logsumexp over its class of
/// -gamma * (margin + d) * (margin - d), far that over the other classes of gamma * max(1 + margin - d, 0) * (1 - margin - d).
/// Samples whose loss is 0, as of those that lack pairs of either kind, are left out of a mean, as in Keras.
/// A batch that memory splits into parts has the pairs within each part only.
/// Sun and others, 2020, https://arxiv.org/abs/2002.10857. Keras: https://keras.io/api/losses/</remarks>
public sealed class Circle : Loss
{
    /// <inheritdoc/>
    public override string Name => "circle";

    /// <summary>The scale of the similarities, above 0. Default 80.</summary>
    public double Gamma { get; init => field = Require.Positive(value, nameof(Circle), nameof(Gamma)); } = 80;

    /// <summary>How far from its best value a distance may stay, at least 0. Default 0.4.</summary>
    public double Margin { get; init => field = Require.AtLeast(value, 0, nameof(Circle), nameof(Margin)); } = 0.4;

    /// <summary>Whether a sample's pair with itself is left out. Default true.</summary>
    public bool RemoveDiagonal { get; init; } = true;

    internal override TargetForm Form => TargetForm.SampleClass;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var distances = output.mm(output.transpose(0, 1)).SubtractedFrom(1).clamp_min(Number(0));
        var classes = target.to(torch.ScalarType.Int64).reshape(-1, 1);
        var alike = classes.eq(classes.transpose(0, 1));
        var near = LogSumExp(RemoveDiagonal ? OffDiagonal(alike) : alike,
            Number(-Gamma) * distances.Plus(Margin) * distances.SubtractedFrom(Margin));
        var far = LogSumExp(alike.logical_not(),
            Number(Gamma) * distances.SubtractedFrom(1 + Margin).clamp_min(Number(0)) * distances.SubtractedFrom(1 - Margin));
        return Arithmetic.Softplus(near.Plus(far));
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Models.Shape output)
    {
        base.CheckTargets(targets, output);
        TargetValues.AreIntegers(targets, Name);
    }

    internal override torch.Tensor? Counted(torch.Tensor target, torch.Tensor losses) => losses.gt(Number(0));

    private static torch.Tensor OffDiagonal(torch.Tensor pairs)
        => pairs.logical_and(torch.eye(pairs.shape[0], dtype: torch.ScalarType.Bool, device: pairs.device).logical_not());

    private static torch.Tensor LogSumExp(torch.Tensor counts, torch.Tensor values)
        => values.masked_fill(counts.logical_not(), Number(double.NegativeInfinity)).logsumexp(1);
}
