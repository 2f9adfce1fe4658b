using DeepGpu.Models;
using static DeepGpu.Testing.Numerics.Scalar;

namespace DeepGpu.Testing.Numerics;

/// <summary>Attentions of decoders, one head, one step and one key at a time.</summary>
internal static class DecoderAttentionReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<RotaryAttention>(Rotary, DrawRotary);
        ReferenceTable.AddMasked<LatentAttention>(Latent, DrawLatent);
    }

    private static Values Rotary(RotaryAttention layer, Call call)
    {
        var (d, heads, keyHeads) = (layer.HeadDim, layer.NumQueryHeads, layer.NumKeyValueHeads);
        var (batch, steps) = (call.X.Shape[0], call.X.Shape[1]);
        Values Heads(int input, int count, int first) => Values.Of([batch, steps, count, d],
            at => call.Inputs[input].Values.Reshape(batch, steps, Width(call, input))[at[0], at[1], first + at[2] * d + at[3]]);
        var isOne = call.Inputs.Count == 1;
        var (q, k, v) = (Heads(0, heads, 0), Heads(isOne ? 0 : 2, keyHeads, isOne ? heads * d : 0),
            Heads(isOne ? 0 : 1, keyHeads, isOne ? (heads + keyHeads) * d : 0));
        var (turned, angles) = (layer.RotaryDim ?? d, Angles(layer, layer.RotaryDim ?? d, steps));
        Values Turn(Values x) => Values.Of(x.Shape, at =>
        {
            if (at[3] >= turned) return x[at];
            var (half, pair) = (turned / 2, at[3] % (turned / 2));
            return Turned(x[at[0], at[1], at[2], pair], x[at[0], at[1], at[2], pair + half], angles[pair] * at[1], at[3] >= half, layer);
        });
        var (queries, keys) = (Turn(q), Turn(k));
        Scalar Score(int n, int h, int i, int j)
        {
            var score = Sum(Enumerable.Range(0, d).Select(f => queries[n, i, h, f] * keys[n, j, h / (heads / keyHeads), f]))
                * (layer.Scale ?? Math.Pow(d, -0.5));
            return layer.LogitSoftCap is { } cap ? cap * Tanh(score / cap) : score;
        }

        return Attend(call, heads, d, (h, i, j) => Near(i, j, layer.UseCausalMask, layer.SlidingWindow), Score,
            (n, h, j, f) => v[n, j, h / (heads / keyHeads), f], layer.UseSinks ? call.Weights["sinks"] : null);
    }

    private static Values Latent(LatentAttention layer, Call call)
    {
        var (x, c) = (call.X, call.Inputs[1].Values);
        var (heads, plain, turned, rank) = (layer.NumHeads, layer.HeadDim, layer.RotaryDim, layer.LatentDim);
        var (scale, kernel) = (call.Weights["kv_a_layernorm/scale"], call.Weights["kv_b_proj/kernel"]);
        var angles = Angles(layer, turned, x.Shape[1]);
        var latent = Functions.Rows(Values.Of([x.Shape[0], x.Shape[1], rank], at => c[at]), row =>
        {
            var root = Sqrt(Sum(row.Select(Square)) / row.Count + layer.Epsilon);
            return [.. row.Select((value, i) => value / root * scale[i])];
        });
        Scalar Expanded(int n, int j, int h, int f)
            => Sum(Enumerable.Range(0, rank).Select(r => latent[n, j, r] * kernel[r, h * (plain + layer.ValueDim) + f]));
        Scalar Turn(Func<int, Scalar> feature, int step, int f)
            => Turned(feature(f / 2 * 2), feature(f / 2 * 2 + 1), angles[f / 2] * step, f % 2 == 1, layer);
        Scalar Score(int n, int h, int i, int j)
        {
            Scalar Query(int f) => x.Reshape(x.Shape[0], x.Shape[1], heads * (plain + turned))[n, i, h * (plain + turned) + f];
            var products = Enumerable.Range(0, plain).Select(f => Query(f) * Expanded(n, j, h, f)).Concat(Enumerable.Range(0, turned)
                .Select(f => Turn(g => Query(plain + g), i, f) * Turn(g => c[n, j, rank + g], j, f)));
            return Sum(products) * (layer.Scale ?? Math.Pow(plain + turned, -0.5));
        }

        return Attend(call, heads, layer.ValueDim, (h, i, j) => Near(i, j, layer.UseCausalMask, null), Score,
            (n, h, j, f) => Expanded(n, j, h, plain + f), null);
    }

    /// <summary>softmax(scores) . values of each head and step; where no key is seen, all alike.</summary>
    private static Values Attend(Call call, int heads, int length, Func<int, int, int, bool> sees, Func<int, int, int, int, Scalar> score,
        Func<int, int, int, int, Scalar> value, Values? sinks)
    {
        var (batch, steps) = (call.X.Shape[0], call.X.Shape[1]);
        var mask = call.Inputs[^1].Mask ?? call.Mask;
        var output = Values.Of([batch, heads, steps, 1], _ => 0);
        var rows = new Dictionary<(int, int, int), Scalar[]>();
        foreach (var at in Values.Positions(output.Shape))
        {
            int[] seen = [.. Enumerable.Range(0, steps).Where(j => sees(at[1], at[2], j) && (mask?[at[0], j] ?? true))];
            var isBlind = seen.Length == 0 && sinks is null;
            var powers = Enumerable.Range(0, steps).Select(j => isBlind ? 1
                : seen.Contains(j) ? Exp(score(at[0], at[1], at[2], j)) : (Scalar)0).ToArray();
            var sum = Sum(powers) + (sinks is null ? 0 : Exp(sinks[at[1]]));
            rows[(at[0], at[1], at[2])] = [.. powers.Select(power => power / sum)];
        }

        return Values.Of([batch, steps, heads * length], at => Sum(rows[(at[0], at[2] / length, at[1])]
            .Select((share, j) => share.Value == 0 ? 0 : share * value(at[0], at[2] / length, j, at[2] % length))));
    }

    private static bool Near(int i, int j, bool isCausal, int? window) => !(isCausal && j > i) && !(Math.Abs(i - j) >= window);

    /// <summary>(a, b) becomes (a cos - b sin, b cos + a sin), times the magnitude.</summary>
    private static Scalar Turned(Scalar a, Scalar b, double angle, bool isSecond, DecoderAttention layer)
    {
        var factor = layer.RotaryScaling switch
        {
            { AttentionFactor: { } own } => own,
            { Kind: RotaryScalingKind.Yarn, Factor: > 1 } yarn => 1 + Math.Log(yarn.Factor) / 10,
            _ => 1,
        };
        return factor * (isSecond ? b * Math.Cos(angle) + a * Math.Sin(angle) : a * Math.Cos(angle) - b * Math.Sin(angle));
    }

    /// <summary>The angle of each pair from one step to the next.</summary>
    private static double[] Angles(DecoderAttention layer, int features, int steps)
    {
        var (theta, s) = (layer.MaxWavelength, layer.RotaryScaling);
        if (s is { Kind: RotaryScalingKind.Dynamic } && steps > s.OriginalLength && features > 2)
            theta *= Math.Pow(s.Factor * steps / s.OriginalLength - s.Factor + 1, (double)features / (features - 2));
        return [.. Enumerable.Range(0, features / 2).Select(i => 1 / Math.Pow(theta, 2.0 * i / features))
            .Select((angle, i) => s?.Kind switch
        {
            RotaryScalingKind.Linear => angle / s.Factor,
            RotaryScalingKind.Llama3 => Llama(angle, s),
            RotaryScalingKind.Yarn => Yarn(angle, i, features, theta, s),
            RotaryScalingKind.LongRope => angle / (steps > s.OriginalLength ? s.LongFactors : s.ShortFactors)[i],
            _ => angle,
        })];
    }

    private static double Llama(double angle, RotaryScaling s)
    {
        var wave = 2 * Math.PI / angle;
        if (wave > s.OriginalLength / s.LowFrequencyFactor) return angle / s.Factor;
        if (wave < s.OriginalLength / s.HighFrequencyFactor) return angle;
        var smooth = (s.OriginalLength / wave - s.LowFrequencyFactor) / (s.HighFrequencyFactor - s.LowFrequencyFactor);
        return ((1 - smooth) / s.Factor + smooth) * angle;
    }

    private static double Yarn(double angle, int pair, int features, double theta, RotaryScaling s)
    {
        double Bound(double turns) => features / 2.0 * Math.Log(s.OriginalLength / (2 * Math.PI * turns), theta);
        var low = Math.Max(0, s.Truncate ? Math.Floor(Bound(s.BetaFast)) : Bound(s.BetaFast));
        var high = Math.Min(features - 1, s.Truncate ? Math.Ceiling(Bound(s.BetaSlow)) : Bound(s.BetaSlow));
        var share = Math.Clamp((pair - low) / (low == high ? 0.001 : high - low), 0, 1);
        return angle * (1 - share + share / s.Factor);
    }

    private static int Width(Call call, int input)
        => call.Inputs[input].Values.Shape[2..].Aggregate(1, (product, length) => product * length);

    private static NumericCase DrawRotary(Draw d)
    {
        var (keyHeads, shared, length) = (d.Int(1, 3), d.Int(1, 3), 2 * d.Int(1, 3));
        var turned = d.Of<int?>(null, null, 0, length, 2);
        var layer = new RotaryAttention(length, keyHeads * shared, keyHeads)
        {
            RotaryDim = turned,
            MaxWavelength = d.Of(10000, 7.5),
            RotaryScaling = Scaling(d, (turned ?? length) / 2),
            Scale = d.Of<double?>(null, 0.3),
            SlidingWindow = d.Of<int?>(null, 1, 3),
            LogitSoftCap = d.Of<double?>(null, 0.7),
            UseSinks = d.Chance(2),
            UseCausalMask = !d.Chance(4),
        };
        var (batch, steps, queries, keys) = (d.Of(1, 2, 3), d.Int(1, 6), keyHeads * shared * length, keyHeads * length);
        int[][] inputs = d.Int(0, 2) switch
        {
            0 => [[batch, steps, queries + 2 * keys]],
            1 => [[batch, steps, keyHeads * shared, length], [batch, steps, keys], [batch, steps, keyHeads, length]],
            _ => [[batch, steps, queries], [batch, steps, keys], [batch, steps, keys]],
        };
        return new(layer, inputs) { Masked = inputs[0].Length == 3 ? [d.Chance(2)] : [], FirstStepCounts = true };
    }

    private static NumericCase DrawLatent(Draw d)
    {
        var (heads, turned) = (d.Int(1, 3), 2 * d.Int(1, 2));
        var layer = new LatentAttention(heads, d.Int(2, 5), d.Int(1, 4), turned, d.Int(1, 4))
        {
            MaxWavelength = d.Of(10000, 7.5),
            RotaryScaling = Scaling(d, turned / 2),
            Scale = d.Of<double?>(null, 0.3),
            Epsilon = d.Of(1e-3, 1e-2),
            UseCausalMask = !d.Chance(4),
        };
        var (batch, steps) = (d.Of(1, 2, 3), d.Int(1, 5));
        return new(layer, [batch, steps, heads * (layer.HeadDim + turned)], [batch, steps, layer.LatentDim + turned])
        {
            Masked = [d.Chance(2)],
            FirstStepCounts = true,
        };
    }

    private static RotaryScaling? Scaling(Draw d, int pairs) => d.Int(0, 6) switch
    {
        0 => new(RotaryScalingKind.Linear) { Factor = 2.5 },
        1 => new(RotaryScalingKind.Dynamic) { Factor = 3, OriginalLength = 3 },
        2 => new(RotaryScalingKind.Llama3) { Factor = 8, OriginalLength = d.Of(8, 40), HighFrequencyFactor = 5 },
        3 => new(RotaryScalingKind.Yarn) { Factor = 4, OriginalLength = 16, BetaFast = 4, Truncate = d.Chance(2) },
        4 => new(RotaryScalingKind.LongRope)
        {
            OriginalLength = 3,
            ShortFactors = [.. Enumerable.Range(0, pairs).Select(i => 1 + 0.1 * i)],
            LongFactors = [.. Enumerable.Range(0, pairs).Select(i => 2 + 0.5 * i)],
            AttentionFactor = 1.25,
        },
        _ => null,
    };
}
