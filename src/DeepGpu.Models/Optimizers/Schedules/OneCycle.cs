namespace DeepGpu.Models;

/// <summary>One wave up and one, longer, down to almost nothing: "super-convergence".
/// Smith and Topin, 2018, https://arxiv.org/abs/1708.07120. Not in Keras.</summary>
/// <remarks>Both ways half a cosine, as PyTorch's OneCycleLR does by default:
/// https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html</remarks>
[KerasClass(IsKeras = false, Sample = "1, 2")]
public sealed record OneCycle : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="maximumLearningRate">The highest rate, above 0.</param>
    /// <param name="totalSteps">Steps of the whole training, at least 2; later ones keep the last rate.</param>
    public OneCycle(double maximumLearningRate, double totalSteps) => (MaximumLearningRate, TotalSteps) = (maximumLearningRate, totalSteps);

    /// <summary>The highest rate, above 0.</summary>
    public double MaximumLearningRate { get; init => field = Require.Positive(value, nameof(OneCycle), nameof(MaximumLearningRate)); }

    /// <summary>Steps of the whole training, at least 2.</summary>
    public double TotalSteps { get; init => field = Require.AtLeast(value, 2, nameof(OneCycle), nameof(TotalSteps)); }

    /// <summary>The share of the steps that climb, from 0 to 1. Default 0.3.</summary>
    public double WarmupShare { get; init => field = Require.InRange(value, 0, 1, nameof(OneCycle), nameof(WarmupShare)); } = 0.3;

    /// <summary>How many times lower the first rate is than the highest, at least 1. Default 25.</summary>
    public double InitialDivisor { get; init => field = Require.AtLeast(value, 1, nameof(OneCycle), nameof(InitialDivisor)); } = 25;

    /// <summary>How many times lower the last rate is than the first, at least 1. Default 10000.</summary>
    public double FinalDivisor { get; init => field = Require.AtLeast(value, 1, nameof(OneCycle), nameof(FinalDivisor)); } = 1e4;

    /// <inheritdoc/>
    public override double At(long step)
    {
        var (first, last, top) = (MaximumLearningRate / InitialDivisor, TotalSteps - 1, WarmupShare * TotalSteps - 1);
        return top > 0 && step <= top
            ? Cosine.Between(first, MaximumLearningRate, step / top)
            : Cosine.Between(MaximumLearningRate, first / FinalDivisor, top < last ? Math.Min((step - top) / (last - top), 1) : 1);
    }
}
