using TorchSharp;

namespace DeepGpu;

/// <summary>Weights of samples, or of parts of them, brought to the shape of what they weigh.</summary>
internal static class SampleWeights
{
    /// <summary>Weights with as many axes as the values: a last axis of length 1 is dropped, missing axes are added at the end.</summary>
    /// <remarks>Keras, too, drops and adds a last axis; weights (batch) of values (batch, time), which it cannot spread,
    /// weigh whole samples here.</remarks>
    /// <exception cref="TrainingDataException">They cannot be spread over the values.</exception>
    public static torch.Tensor Aligned(torch.Tensor weights, torch.Tensor values)
    {
        var (aligned, rank) = (weights, values.dim());
        while (aligned.dim() > rank && aligned.shape[^1] == 1) aligned = aligned.squeeze(-1);
        while (aligned.dim() < rank) aligned = aligned.unsqueeze(-1);
        return rank == 0 || Spreads(aligned.shape, values.shape) ? aligned : throw WrongShape(weights, values);
    }

    /// <summary>Aligned weights, those of samples repeated along the axes that they lack; an axis that they have with length 1 stays, and
    /// so counts once in their sum, as in Keras.</summary>
    public static torch.Tensor Repeated(torch.Tensor given, torch.Tensor aligned, torch.Tensor values)
    {
        var axes = (int)given.dim();
        return axes == 0 || axes >= values.dim() ? aligned : aligned.expand([.. aligned.shape[..axes], .. values.shape[axes..]]);
    }

    /// <summary>Weights times mask; either may be missing.</summary>
    public static torch.Tensor? Combined(torch.Tensor? weights, torch.Tensor? mask)
    {
        if (weights is null || mask is null) return weights ?? mask;
        return weights.dim() > mask.dim() ? weights * Aligned(mask, weights) : Aligned(weights, mask) * mask;
    }

    private static bool Spreads(long[] weights, long[] values)
        => weights.Length == values.Length && weights.Zip(values).All(axis => axis.First == 1 || axis.First == axis.Second);

    private static TrainingDataException WrongShape(torch.Tensor weights, torch.Tensor values) => new(new(
        "sample_weight_shape",
        $"Sample weights and masks need the shape {ShapeText.Of(values.shape)} of what they weigh, or its first axes,",
        $"but have the shape {ShapeText.Of(weights.shape)}.",
        "Pass one weight for each sample, or one for each time step."));
}
