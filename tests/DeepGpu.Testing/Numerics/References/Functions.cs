using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>The activation functions. Keras: https://keras.io/api/layers/activations/</summary>
internal static class Functions
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    /// <summary>A function of every number, or along the last axis.</summary>
    public static Values Apply(Activation activation, Values x) => activation switch
    {
        Activation.Softmax => Rows(x, Reductions.Softmax),
        Activation.LogSoftmax => Rows(x, LogSoftmax),
        Activation.Sparsemax => Rows(x, Sparsemax),
        Activation.Glu => Rows(x, row => [.. row.Take(row.Count / 2).Zip(row.Skip(row.Count / 2), (a, b) => a * Sigmoid(b))]),
        _ => x.Map(v => Of(activation, v)),
    };

    /// <summary>A function of one number.</summary>
    public static Scalar Of(Activation activation, Scalar x) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => Relu(x),
        Activation.Relu6 => Clip(x, 0, 6),
        Activation.LeakyRelu => x > 0 ? x : 0.2 * x,
        Activation.Sigmoid => Sigmoid(x),
        Activation.HardSigmoid => Clip(x / 6 + 0.5, 0, 1),
        Activation.LegacyHardSigmoid => Clip(0.2 * x + 0.5, 0, 1),
        Activation.LogSigmoid => -Softplus(-x),
        Activation.SparseSigmoid => Clip((x + 1) / 2, 0, 1),
        Activation.Tanh => Tanh(x),
        Activation.HardTanh => Clip(x, -1, 1),
        Activation.TanhShrink => x - Tanh(x),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => x / (1 + Abs(x)),
        Activation.Squareplus => (x + Sqrt(x * x + 4)) / 2,
        Activation.SparsePlus => x < -1 ? 0 : x > 1 ? x : Square(x + 1) / 4,
        Activation.Exponential => Exp(x),
        Activation.Elu or Activation.Celu => x > 0 ? x : Exp(x) - 1,
        Activation.Selu => SeluScale * (x > 0 ? x : SeluAlpha * (Exp(x) - 1)),
        Activation.Gelu => x * NormalProbability(x),
        Activation.GeluApproximate => x / 2 * (1 + Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        Activation.Silu => x * Sigmoid(x),
        Activation.HardSilu => x * Clip(x / 6 + 0.5, 0, 1),
        Activation.Mish => x * Tanh(Softplus(x)),
        Activation.HardShrink => Abs(x) > 0.5 ? x : 0,
        Activation.SoftShrink => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0,
        Activation.Threshold => x > 0 ? x : 0,
        _ => throw new NotSupportedException($"The activation {activation} has no reference: state its formula here."),
    };

    public static Scalar Relu(Scalar x) => x > 0 ? x : 0;

    /// <summary>A function of each row of the last axis.</summary>
    public static Values Rows(Values x, Func<IReadOnlyList<Scalar>, Scalar[]> function)
    {
        var rows = x.Data.Chunk(x.Shape[^1]).Select(function).ToList();
        return new([.. x.Shape[..^1], rows[0].Length], [.. rows.SelectMany(row => row)]);
    }

    private static Scalar Softplus(Scalar x) => Log(1 + Exp(x));

    private static Scalar[] LogSoftmax(IReadOnlyList<Scalar> row)
    {
        var sum = Log(Sum(row.Select(Exp)));
        return [.. row.Select(x => x - sum)];
    }

    /// <summary>max(x - tau, 0), tau so that the result sums to 1. Martins and Astudillo, 2016, algorithm 1.</summary>
    private static Scalar[] Sparsemax(IReadOnlyList<Scalar> row)
    {
        var sorted = row.OrderByDescending(x => x.Value).ToList();
        var support = Enumerable.Range(1, row.Count).Last(k => 1 + k * sorted[k - 1] > Sum(sorted.Take(k)));
        var tau = (Sum(sorted.Take(support)) - 1) / support;
        return [.. row.Select(x => Relu(x - tau))];
    }
}
