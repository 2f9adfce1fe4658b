using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random dense layers, embeddings, activations and masks.</summary>
internal static class CoreCases
{
    private static readonly string[] Equations = ["ab,bc->ac", "abc,cd->abd", "abc,cde->abde", "abc,bd->acd", "...c,cd->...d",
        "abcd,cde->abe", "abc,bcd->ad"];

    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(Dense), d => new(new Dense(d.Channels(), d.Activation()) { UseBias = !d.Chance(3) },
            Any(d, least: 1)) { OpenAxes = d.Of<int[]>([], [0]) }),
        (typeof(EinsumDense), Summation),
        (typeof(Embedding), Embedded),
        (typeof(Masking), d => new(new Masking(), d.Batch(), d.Int(1, 5), d.Int(1, 4))),
        (typeof(IdentityLayer), d => new(new IdentityLayer(), Any(d))),
        (typeof(TensorFunction), d => new(new TensorFunction("Square"), Any(d))),
        (typeof(NotEqual), d => new(new NotEqual(d.Int(0, 2)), d.Batch(), d.Int(1, 9)) { Below = 3, Trains = false }),
        (typeof(Any), d => new(new Any { Axis = d.Of(1, 2, -1), KeepDims = d.Chance(2) }, d.Batch(), d.Int(1, 5), d.Int(1, 3)) { Below = 2,
            Trains = false }),
        (typeof(ActivationLayer), Activated),
        (typeof(ReLU), d => new(new ReLU { MaxValue = d.Of<double?>(null, 0.6), NegativeSlope = d.Real(0, 0.5), Threshold = d.Of(0, 0.3) },
            Any(d))),
        (typeof(LeakyReLU), d => new(new LeakyReLU { NegativeSlope = d.Real(0, 0.5) }, Any(d))),
        (typeof(ELU), d => new(new ELU { Alpha = d.Real(0.5, 2) }, Any(d))),
        (typeof(PReLU), d => new(new PReLU { SharedAxes = d.Of<int[]?>(null, [1], [2], [1, 2]) is { } axes ? [.. axes] : null }, d.Batch(),
            d.Int(1, 5), d.Int(1, 5))),
        (typeof(Softmax), d => new(new Softmax { Axis = d.Of(-1, 1, new Axes(1, 2), 2) }, d.Batch(), d.Int(1, 5), d.Int(1, 17))),
    ];

    /// <summary>A shape of 2 to 4 axes.</summary>
    public static int[] Any(Draw d, int least = 1) => [d.Batch(), .. d.Ints(d.Int(0, 2), 1, 5), d.Int(least, 17)];

    private static NumericCase Activated(Draw d)
    {
        var shape = Any(d);
        var activation = d.Of(Enum.GetValues<Activation>());
        if (activation == Activation.Glu) shape[^1] *= 2;
        return new(new ActivationLayer(activation), shape);
    }

    private static NumericCase Embedded(Draw d)
    {
        var words = d.Int(1, 20);
        return new(new Embedding(words, d.Channels()) { MaskZero = d.Chance(2) }, d.Batch(), d.Int(1, 9)) { Below = words };
    }

    private static NumericCase Summation(Draw d)
    {
        var equation = d.Of(Equations);
        var (input, kernel, output) = (equation.Split(',')[0], equation.Split(',')[1].Split("->")[0], equation.Split("->")[1]);
        var lengths = Enumerable.Range('a', 5).ToDictionary(letter => (char)letter, _ => d.Int(1, 6));
        var batch = d.Batch();
        int[] shape = input.StartsWith('.') ? [batch, d.Int(1, 4), lengths['c']]
            : [batch, .. input.Skip(1).Select(letter => lengths[letter])];
        int?[] made = output.StartsWith('.') ? [null, lengths['d']] : [.. output.Skip(1).Select(letter => (int?)lengths[letter])];
        var bias = d.Chance(3) ? null : new string([.. output.Where(letter => kernel.Contains(letter) && letter != 'a').Take(d.Int(1, 2))]);
        return new(new EinsumDense(equation, [.. made]) { BiasAxes = bias is "" ? null : bias, Activation = d.Activation() }, shape);
    }
}
