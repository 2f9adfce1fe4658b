using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Batch normalisation (Ioffe and Szegedy, 2015) and renormalisation (Ioffe, 2017).</summary>
internal static class BatchReference
{
    public static Values Run(BatchNormalization layer, Call call)
    {
        var axis = layer.Axis < 0 ? layer.Axis + call.X.Rank : layer.Axis;
        var normal = call.IsTraining && layer.Trainable ? Trained(layer, call, axis)
            : Normal(call.X, call.Weights["moving_mean"], call.Weights["moving_variance"], layer, axis);
        return NormalizationReferences.Affine(normal, call.Weights.Find("gamma"), call.Weights.Find("beta"), [axis]);
    }

    private static Values Normal(Values x, Values mean, Values variance, BatchNormalization layer, int axis)
    {
        var centred = Reductions.Combine(x, NormalizationReferences.Along(mean, x, [axis]), (v, m) => v - m);
        return Reductions.Combine(centred, NormalizationReferences.Along(variance, x, [axis]), (v, s) => v / Sqrt(s + layer.Epsilon));
    }

    /// <summary>Normalises by the batch's statistics and moves the running ones.</summary>
    private static Values Trained(BatchNormalization layer, Call call, int axis)
    {
        var (mean, variance) = Moments(call, axis);
        var normal = Normal(call.X, mean, variance, layer, axis);
        Move(call.Weights, "moving_mean", mean, layer.Momentum);
        if (!layer.Renorm) Move(call.Weights, "moving_variance", variance, layer.Momentum);
        return layer.Renorm ? Renormalized(layer, call, normal, mean, variance, axis) : normal;
    }

    /// <summary>Mean and biased variance of what counts.</summary>
    private static (Values Mean, Values Variance) Moments(Call call, int axis)
    {
        int[] channels = [call.X.Shape[axis]];
        var groups = Enumerable.Range(0, channels[0]).Select(_ => new List<Scalar>()).ToArray();
        foreach (var at in Values.Positions(call.X.Shape))
        {
            if (call.Mask?[at[0], at[1]] ?? true) groups[at[axis]].Add(call.X[at]);
        }

        return (new(channels, Array.ConvertAll(groups, Reductions.Mean)), new(channels, Array.ConvertAll(groups, Reductions.Variance)));
    }

    private static void Move(WeightValues weights, string name, Values value, double momentum)
        => weights.Update(name, weights[name].Zip(value, (old, now) => old.Value * momentum + now.Value * (1 - momentum)));

    /// <summary>normal * r + d, where r and d, constants of the pass, lead from the batch's statistics to the running ones.</summary>
    private static Values Renormalized(BatchNormalization layer, Call call, Values normal, Values mean, Values variance, int axis)
    {
        var (deviation, clip) = (variance.Map(v => Sqrt(v + layer.Epsilon)), layer.RenormClipping ?? new RenormClipping());
        var running = call.Weights["renorm_stddev"].Map(v => Math.Max(v.Value, Math.Sqrt(layer.Epsilon)));
        var r = deviation.Zip(running, (d, s) => Math.Clamp(d.Value / s.Value, clip.Rmin ?? double.MinValue, clip.Rmax ?? double.MaxValue));
        var shift = mean.Zip(call.Weights["renorm_mean"], (m, old) => m - old).Zip(running, (m, s) => m.Value / s.Value);
        var d = shift.Map(v => Math.Clamp(v.Value, -clip.Dmax ?? double.MinValue, clip.Dmax ?? double.MaxValue));
        Move(call.Weights, "renorm_mean", mean, layer.RenormMomentum);
        Move(call.Weights, "renorm_stddev", deviation, layer.RenormMomentum);
        Move(call.Weights, "moving_stddev", deviation, layer.Momentum);
        MoveVariance(layer, call.Weights, deviation);
        return NormalizationReferences.Affine(normal, r, d, [axis]);
    }

    /// <summary>The moving variance is the moving deviation's square without epsilon, not below 0.</summary>
    private static void MoveVariance(BatchNormalization layer, WeightValues weights, Values deviation)
    {
        double Next(double old, double now) => old * layer.Momentum + now * (1 - layer.Momentum);
        var moved = weights["moving_stddev"].Zip(deviation, (old, now) => Math.Pow(Next(old.Value, now.Value), 2) - layer.Epsilon);
        weights.Update("moving_variance", moved.Map(v => Math.Max(v.Value, 0)));
    }
}
