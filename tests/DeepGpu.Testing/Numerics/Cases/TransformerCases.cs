using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random positions, tied embeddings and blocks of transformers.</summary>
internal static class TransformerCases
{
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(RotaryEmbedding), Rotation),
        (typeof(SinePositionEncoding), d => new(new SinePositionEncoding { MaxWavelength = d.Of(10000, 7.5) },
            [d.Batch(), .. d.Ints(d.Int(0, 1), 1, 3), d.Int(1, 9), d.Int(1, 17)]) { Trains = false }),
        (typeof(PositionEmbedding), Places),
        (typeof(TokenAndPositionEmbedding), Words),
        (typeof(AlibiBias), d => new(new AlibiBias { AlibiBiasMax = d.Of(8, 5) }, d.Batch(), d.Int(1, 13), d.Int(1, 4), d.Int(1, 6))),
        (typeof(ReversibleEmbedding), BothWays),
        (typeof(TransformerEncoder), Encoder),
        (typeof(TransformerDecoder), Decoder),
        (typeof(GatedFeedForward), d => new(new GatedFeedForward(d.Int(1, 12)) { Activation = Function(d), UseBias = d.Chance(2) },
            CoreCases.Any(d))),
        (typeof(MixtureOfExperts), Experts),
    ];

    private static NumericCase Rotation(Draw d)
    {
        var layer = new RotaryEmbedding { MaxWavelength = d.Of(10000, 500000, 3), ScalingFactor = d.Of(1, 2.5) };
        var (batch, steps, features) = (d.Batch(), d.Int(1, 7), 2 * d.Int(1, 6));
        return d.Int(0, 2) switch
        {
            0 => new(layer, batch, steps, features),
            1 => new(layer, batch, steps, d.Int(1, 3), features),
            _ => new(layer with { SequenceAxis = -1, FeatureAxis = 1 }, batch, features, d.Int(1, 3), steps),
        };
    }

    private static NumericCase Places(Draw d)
    {
        var steps = d.Int(1, 6);
        return new(new PositionEmbedding(steps + d.Int(0, 3)), d.Batch(), steps, d.Int(1, 9)) { OpenAxes = d.Of<int[]>([0], [0, 1]) };
    }

    private static NumericCase Words(Draw d)
    {
        var (steps, words) = (d.Int(1, 6), d.Int(1, 12));
        var layer = new TokenAndPositionEmbedding(words, steps + d.Int(0, 3), d.Int(1, 9));
        return new(layer with { TieWeights = !d.Chance(3), MaskZero = d.Chance(2) }, d.Batch(), steps) { Below = words };
    }

    private static NumericCase BothWays(Draw d)
    {
        var (words, length) = (d.Int(1, 12), d.Int(1, 9));
        var layer = new ReversibleEmbedding(words, length)
        {
            TieWeights = d.Chance(2),
            MaskZero = d.Chance(2),
            LogitSoftCap = d.Chance(2) ? 1.5 : null,
        };
        return d.Chance(3)
            ? new(layer, d.Batch(), d.Int(1, 6)) { Below = words }
            : new(layer.Reversed(), [d.Batch(), .. d.Ints(d.Int(0, 2), 1, 4), length]);
    }

    private static NumericCase Encoder(Draw d)
    {
        var heads = d.Int(1, 3);
        var layer = new TransformerEncoder(d.Int(1, 12), heads)
        {
            Activation = Function(d),
            LayerNormEpsilon = d.Of(1e-5, 1e-2),
            NormalizeFirst = d.Chance(2),
            ReturnAttentionScores = d.Chance(4),
        };
        return new(layer, d.Batch(), d.Int(1, 6), heads + d.Int(2, 7)) { Masked = [d.Chance(2)], FirstStepCounts = true };
    }

    private static NumericCase Decoder(Draw d)
    {
        var heads = d.Int(1, 3);
        var layer = new TransformerDecoder(d.Int(1, 12), heads)
        {
            Activation = Function(d),
            LayerNormEpsilon = d.Of(1e-5, 1e-2),
            NormalizeFirst = d.Chance(2),
            UseCausalMask = !d.Chance(3),
        };
        int[][] inputs = [[d.Batch(), d.Int(1, 5), heads + d.Int(2, 7)]];
        return new(layer, d.Chance(2) ? inputs : [.. inputs, [inputs[0][0], d.Int(1, 5), d.Int(1, 8)]])
        {
            Masked = [d.Chance(2), d.Chance(2)],
            FirstStepCounts = true,
        };
    }

    private static NumericCase Experts(Draw d)
    {
        var (groups, size) = (d.Int(1, 3), d.Int(1, 3));
        var chosen = d.Int(1, groups);
        var layer = new MixtureOfExperts(groups * size, d.Int(1, chosen * size), d.Int(1, 7))
        {
            Activation = Function(d),
            NormalizeTopK = d.Chance(2),
            Score = d.Of(ExpertScore.Softmax, ExpertScore.Sigmoid),
            NumGroups = groups,
            TopKGroups = chosen,
            RoutedScalingFactor = d.Of(1, 2.5),
            UseRouterBias = d.Chance(2),
            UseCorrectionBias = d.Chance(2),
            UseBias = d.Chance(2),
            GateLimit = d.Of<double?>(null, 0.4),
        };
        return new(layer, [d.Of(1, 2, 5), .. d.Ints(d.Int(0, 1), 1, 5), d.Int(1, 9)]);
    }

    private static Activation Function(Draw d)
        => d.Of(Activation.Relu, Activation.Gelu, Activation.GeluApproximate, Activation.Silu, Activation.Tanh);
}
