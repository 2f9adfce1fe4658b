using System.Text.Json.Serialization;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Adam: steps by running means of the gradient and its square. Kingma and Ba, 2014, https://arxiv.org/abs/1412.6980.</summary>
/// <remarks>Keras's form: epsilon is added outside the bias correction, so that it is the "epsilon hat" of the paper.
/// Keras: https://keras.io/api/optimizers/adam/</remarks>
public sealed record Adam : MomentOptimizer
{
    /// <summary>Whether the largest mean square so far is used instead of the newest. Default false. Reddi and others, 2018.</summary>
    [JsonPropertyName("amsgrad")]
    [OptionOrder(1)]
    public bool AmsGrad { get; init; }

    /// <summary>2, with the largest mean square 3.</summary>
    protected override int SlotCount => AmsGrad ? 3 : 2;
}
