using TorchSharp;

namespace DeepGpu;

/// <summary>error^2 / 2 up to delta, beyond it the straight line delta * |error| - delta^2 / 2, the mean over the last axis.
/// Keras: https://keras.io/api/losses/regression_losses/</summary>
public sealed class Huber : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "huber_loss";

    /// <summary>The error from which the loss grows linearly, above 0. Default 1.</summary>
    public double Delta { get; init => field = Require.Positive(value, nameof(Huber), nameof(Delta)); } = 1;

    /// <inheritdoc/>
    protected override torch.Tensor PerElement(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        var error = (target - output).abs();
        return torch.where(error.le(Number(Delta)), Number(0.5) * error.Squared(), Number(Delta) * error - Number(0.5 * Delta * Delta));
    }
}
