using DeepGpu.Data;
using DeepGpu.Numbers;

namespace DeepGpu;

/// <summary>Blends each sample of a batch with another one, targets too: x = w * x + (1 - w) * y, w drawn from Beta(alpha,
/// alpha), one for the batch.</summary>
/// <remarks>A step of a stream, not a layer, because targets change: <c>stream.MapBatches(new MixUp().Apply)</c>.
/// Zhang et al., 2018, https://arxiv.org/abs/1710.09412. Keras:
/// https://keras.io/api/layers/preprocessing_layers/image_augmentation/mix_up/</remarks>
public sealed record MixUp
{
    /// <summary>How strongly samples are blended, above 0. Default 0.2, as in Keras.</summary>
    public double Alpha { get; init => field = Require.Positive(value, nameof(MixUp), nameof(Alpha)); } = 0.2;

    /// <summary>Blends a batch.</summary>
    /// <param name="batch">The batch. Its arrays become Float32.</param>
    /// <param name="random">Decides who is blended with whom, and how strongly.</param>
    /// <exception cref="TrainingDataException">Targets are class numbers: they must be one-hot rows,
    /// or numbers that can be blended.</exception>
    public Batch Apply(Batch batch, Random random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        MixTargets.Check(batch, nameof(MixUp));
        var partners = MixTargets.Partners(batch.Count, random);
        var weight = (float)RandomNumbers.Beta(random, Alpha, Alpha);
        NDArray Blend(NDArray array) => MixTargets.Blend(array, partners, _ => weight);
        return batch with { Inputs = [.. batch.Inputs.Select(Blend)], Targets = [.. batch.Targets.Select(Blend)] };
    }
}
