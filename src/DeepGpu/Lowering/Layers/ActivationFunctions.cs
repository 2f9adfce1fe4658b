using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

/// <summary>The activations on tensors, with Keras's parameters and defaults: https://keras.io/api/layers/activations/</summary>
public static class ActivationFunctions
{
    /// <summary>Applies an activation; the input stays as it is.</summary>
    public static torch.Tensor Apply(this Activation activation, torch.Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return activation switch
        {
            Activation.Linear => x,
            Activation.Relu => x.relu(),
            Activation.Relu6 => x.clamp(Number(0), Number(6)),
            Activation.LeakyRelu => Relu(x, negativeSlope: 0.2),
            Activation.Sigmoid => x.sigmoid(),
            Activation.HardSigmoid => (x / Number(6)).Plus(0.5).clamp(Number(0), Number(1)),
            Activation.LegacyHardSigmoid => (x * Number(0.2)).Plus(0.5).clamp(Number(0), Number(1)),
            Activation.LogSigmoid => F.logsigmoid(x),
            Activation.SparseSigmoid => (x.Plus(1) * Number(0.5)).clamp(Number(0), Number(1)),
            Activation.Tanh => x.tanh(),
            Activation.HardTanh => x.clamp(Number(-1), Number(1)),
            Activation.TanhShrink => x - x.tanh(),
            Activation.Softmax => Softmax(x),
            Activation.LogSoftmax => LogSoftmax(x),
            Activation.Sparsemax => Sparsemax(x),
            Activation.Softplus => Arithmetic.Softplus(x),
            Activation.Softsign => x / x.abs().Plus(1),
            Activation.Squareplus => Squareplus(x),
            Activation.SparsePlus =>
                torch.where(x.le(Number(-1)), torch.zeros_like(x), torch.where(x.ge(Number(1)), x, x.Plus(1).Squared() / Number(4))),
            Activation.Exponential => x.exp(),
            Activation.Elu => Elu(x),
            Activation.Selu => F.selu(x),
            Activation.Celu => Celu(x),
            Activation.Gelu => Gelu(x),
            Activation.GeluApproximate => Gelu(x, approximate: true),
            Activation.Glu => Glu(x),
            Activation.Silu => F.silu(x),
            Activation.HardSilu => x * (x / Number(6)).Plus(0.5).clamp(Number(0), Number(1)),
            Activation.Mish => x * Arithmetic.Softplus(x).tanh(),
            Activation.HardShrink => HardShrink(x),
            Activation.SoftShrink => SoftShrink(x),
            Activation.Threshold => Threshold(x, 0, 0),
            _ => throw Require.OutOfRange("Activation", nameof(activation), "one this engine knows", activation),
        };
    }

    /// <summary>x from the threshold on, negativeSlope * (x - threshold) below, at most <paramref name="maxValue"/>.</summary>
    public static torch.Tensor Relu(torch.Tensor x, double negativeSlope = 0, double? maxValue = null, double threshold = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        var rising = threshold == 0 ? x.relu() : x * x.gt(Number(threshold)).to(x.dtype);
        var capped = maxValue is { } max ? rising.clamp_max(Number(max)) : rising;
        return negativeSlope == 0 ? capped : capped - x.SubtractedFrom(threshold).relu() * Number(negativeSlope);
    }

    /// <summary>x above 0, alpha * (e^x - 1) below.</summary>
    public static torch.Tensor Elu(torch.Tensor x, double alpha = 1) => x.elu(Number(alpha), Number(1.0), Number(1.0));

    /// <summary>x above 0, alpha * (e^(x / alpha) - 1) below. Barron, 2017.</summary>
    public static torch.Tensor Celu(torch.Tensor x, double alpha = 1) => x.celu(Number(alpha));

    /// <summary>x times the normal distribution's share below x, by its tanh approximation if asked for.
    /// Hendrycks and Gimpel, 2016.</summary>
    public static torch.Tensor Gelu(torch.Tensor x, bool approximate = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return approximate
            ? x * Number(0.5) * (x.Plus(x.pow(Number(3)) * Number(0.044715)) * Number(Math.Sqrt(2 / Math.PI))).tanh().Plus(1)
            : F.gelu(x);
    }

    /// <summary>(x + sqrt(x^2 + b)) / 2. Barron, 2021.</summary>
    public static torch.Tensor Squareplus(torch.Tensor x, double b = 4)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Plus((x * x).Plus(b).sqrt()) / Number(2);
    }

    /// <summary>0 within the threshold, x elsewhere.</summary>
    public static torch.Tensor HardShrink(torch.Tensor x, double threshold = 0.5) => F.hardshrink(x, threshold);

    /// <summary>0 within the threshold, x moved towards 0 by it elsewhere.</summary>
    public static torch.Tensor SoftShrink(torch.Tensor x, double threshold = 0.5) => F.softshrink(x, threshold);

    /// <summary>x above a threshold, another value elsewhere.</summary>
    public static torch.Tensor Threshold(torch.Tensor x, double threshold, double value)
    {
        ArgumentNullException.ThrowIfNull(x);
        return torch.where(x.gt(Number(threshold)), x, torch.full_like(x, Number(value)));
    }

    /// <summary>e^x over its sum along some axes.</summary>
    public static torch.Tensor Softmax(torch.Tensor x, params ReadOnlySpan<int> axes) => Along(x, axes, (flat, axis) => flat.softmax(axis));

    /// <summary>The logarithm of the softmax along some axes.</summary>
    public static torch.Tensor LogSoftmax(torch.Tensor x, params ReadOnlySpan<int> axes)
        => Along(x, axes, (flat, axis) => flat.log_softmax(axis));

    /// <summary>One half times the sigmoid of the other along an axis.</summary>
    public static torch.Tensor Glu(torch.Tensor x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        var halves = x.chunk(2, axis);
        return halves[0] * halves[1].sigmoid();
    }

    /// <summary>The projection onto the probability simplex along an axis.</summary>
    public static torch.Tensor Sparsemax(torch.Tensor x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (sorted, _) = x.sort(axis, descending: true);
        var counts = Arithmetic.Range(x.shape[axis < 0 ? axis + (int)x.dim() : axis], x.dtype, x.device).Plus(1);
        var ranks = counts.reshape([.. Enumerable.Range(0, (int)x.dim()).Select(i => i == (axis < 0 ? axis + x.dim() : axis) ? -1L : 1L)]);
        var sums = sorted.cumsum(axis);
        var support = (sorted * ranks).Plus(1).gt(sums);
        var size = support.sum(axis, keepdim: true);
        var threshold = (sums.gather(axis, size - Number(1)) - Number(1)) / size.to(x.dtype);
        return (x - threshold).relu();
    }

    /// <summary>Applies an activation to a tensor nobody else needs: overwrites it where autograd allows.</summary>
    internal static torch.Tensor ApplyOver(this Activation activation, torch.Tensor x) => activation switch
    {
        Activation.Relu => x.relu_(),
        Activation.Sigmoid => x.sigmoid_(),
        Activation.Tanh => x.tanh_(),
        _ => activation.Apply(x),
    };

    /// <summary>Applies a function of one axis along several: they are joined, and split again.</summary>
    private static torch.Tensor Along(torch.Tensor x, ReadOnlySpan<int> axes, Func<torch.Tensor, long, torch.Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (axes.Length <= 1) return function(x, axes.Length == 0 ? -1 : axes[0]);
        var rank = (int)x.dim();
        var joined = axes.ToArray().Select(axis => (long)(axis < 0 ? axis + rank : axis)).ToArray();
        long[] order = [.. Enumerable.Range(0, rank).Select(axis => (long)axis).Except(joined), .. joined];
        var moved = x.permute(order);
        var flat = function(moved.flatten(rank - joined.Length), -1);
        return flat.reshape(moved.shape).permute([.. Enumerable.Range(0, rank).Select(axis => (long)Array.IndexOf(order, axis))]);
    }
}
