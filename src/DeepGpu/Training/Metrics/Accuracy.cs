using TorchSharp;

namespace DeepGpu;

/// <summary>The share of samples whose largest output is at the target class; with one output, of those on the target's side of 0.5. Keras: https://keras.io/api/metrics/accuracy_metrics/</summary>
public sealed class Accuracy : Metric
{
    private double _right;
    private long _count;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override void Reset() => (_right, _count) = (0, 0);

    /// <inheritdoc/>
    public override void Update(torch.Tensor target, torch.Tensor output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        using var equal = output.shape[^1] == 1 ? Sides(target, output) : Classes(target, output);
        _right += equal.sum().item<long>();
        _count += equal.NumberOfElements;
    }

    /// <inheritdoc/>
    public override double Result() => _count == 0 ? double.NaN : _right / _count;

    private static torch.Tensor Sides(torch.Tensor target, torch.Tensor output) => output.gt(0.5).eq(target.reshape(output.shape).gt(0.5));

    private static torch.Tensor Classes(torch.Tensor target, torch.Tensor output)
    {
        var isOneHot = target.dim() == output.dim() && target.shape[^1] == output.shape[^1];
        var expected = isOneHot ? target.argmax(-1) : target.to(torch.ScalarType.Int64).reshape(output.shape[..^1]);
        return output.argmax(-1).eq(expected);
    }
}
