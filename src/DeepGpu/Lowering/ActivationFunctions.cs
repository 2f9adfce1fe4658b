using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The activations on tensors. Formulas: https://keras.io/api/layers/activations/</summary>
internal static class ActivationFunctions
{
    /// <summary>Applies an activation to a tensor nobody else needs any more; overwrites it where autograd allows.</summary>
    public static torch.Tensor Apply(Activation activation, torch.Tensor x) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => x.relu_(),
        Activation.Sigmoid => x.sigmoid_(),
        Activation.Tanh => x.tanh_(),
        Activation.Softmax => x.softmax(-1),
        _ => throw Require.OutOfRange("Activation", nameof(activation), "one this engine knows", activation),
    };
}
