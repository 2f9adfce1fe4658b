using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Activations as layers of their own.</summary>
internal static class ActivationReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<ActivationLayer>((layer, call) => Functions.Apply(layer.Activation, call.X));
        ReferenceTable.AddMasked<ReLU>((layer, call) => call.X.Map(x => Rectify(layer, x)));
        ReferenceTable.AddMasked<LeakyReLU>((layer, call) => call.X.Map(x => x > 0 ? x : layer.NegativeSlope * x));
        ReferenceTable.AddMasked<ELU>((layer, call) => call.X.Map(x => x > 0 ? x : layer.Alpha * (Exp(x) - 1)));
        ReferenceTable.AddMasked<PReLU>((_, call) => Rectify(call.X, call.Weights["alpha"]));
        ReferenceTable.AddMasked<Softmax>(Normalize);
    }

    /// <summary>x from the threshold on, the slope below it, at most the largest value.</summary>
    private static Scalar Rectify(ReLU layer, Scalar x)
    {
        var y = x >= layer.Threshold ? x : layer.NegativeSlope * (x - layer.Threshold);
        return layer.MaxValue is { } most ? Min(y, most) : y;
    }

    /// <summary>alpha has no batch axis and length 1 along shared axes.</summary>
    private static Values Rectify(Values x, Values alpha)
        => Reductions.Combine(x, alpha.Reshape([1, .. alpha.Shape]), (v, slope) => v > 0 ? v : slope * v);

    /// <summary>Softmax along some axes; a mask (batch, time) of an input (batch, time) leaves steps out.</summary>
    private static Values Normalize(Softmax layer, Call call)
    {
        var (axes, x) = (layer.Axis.In(call.X.Rank), call.X);
        if (call.Mask is { } mask) x = Values.Of(x.Shape, at => mask[at[0], at[1]] ? call.X[at] : double.NegativeInfinity);
        var most = Reductions.Reduce(x, axes, keep: true, row => row.Max(v => v.Value));
        var powers = Reductions.Combine(x, most, (v, m) => double.IsNegativeInfinity(v.Value) ? 0 : Exp(v - m));
        return Reductions.Combine(powers, Reductions.Reduce(powers, axes, keep: true, Sum), (power, sum) => power / sum);
    }
}
