using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Adam with weight decay apart from the gradient. Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101.</summary>
/// <remarks>The same as <see cref="Adam"/> with <see cref="Optimizer.WeightDecay"/>, which is 0.004 by default here.
/// Keras: https://keras.io/api/optimizers/adamw/</remarks>
public sealed record AdamW : MomentOptimizer
{
    /// <summary>Creates AdamW with a weight decay of 0.004.</summary>
    public AdamW() => WeightDecay = 0.004;

    /// <summary>Whether the largest mean square so far is used instead of the newest. Default false.</summary>
    [JsonPropertyName("amsgrad")]
    [OptionOrder(1)]
    public bool AmsGrad { get; init; }

    /// <summary>2, with the largest mean square 3.</summary>
    protected override int SlotCount => AmsGrad ? 3 : 2;
}
