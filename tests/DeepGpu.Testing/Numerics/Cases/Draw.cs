using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Draws the options of a case.</summary>
internal sealed class Draw(int seed)
{
    private static readonly Activation[] Activations = [.. Enum.GetValues<Activation>()
        .Where(activation => activation != Models.Activation.Glu)];

    private readonly Random _random = new(seed);

    public int Int(int least, int most) => _random.Next(least, most + 1);

    public bool Chance(int of) => _random.Next(of) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    public double Real(double least, double most) => Math.Round(least + (most - least) * _random.NextDouble(), 3);

    /// <summary>A batch of one sample, of two, or of one more than a vector register's multiple.</summary>
    public int Batch() => Of(1, 2, 2, 33);

    /// <summary>Channels, small and odd numbers most often: what blocked layouts pad.</summary>
    public int Channels() => Chance(4) ? Of(1, 2, 3, 4, 8, 16, 17) : Int(1, 17);

    public int[] Ints(int count, int least, int most) => [.. Enumerable.Range(0, count).Select(_ => Int(least, most))];

    /// <summary>Lengths along spatial axes; strides and the like are often 1.</summary>
    public Extent Extent(int spatial, int least, int most, int of = 1) => Chance(of) ? new(Ints(spatial, least, most)) : new(least);

    public Padding Padding(bool causal = false)
        => causal && Chance(3) ? Models.Padding.Causal : Of(Models.Padding.Valid, Models.Padding.Same);

    public DataFormat Format() => Of(DataFormat.ChannelsLast, DataFormat.ChannelsLast, DataFormat.ChannelsFirst);

    /// <summary>A function after a layer, often none.</summary>
    public Activation Activation() => Chance(2) ? Models.Activation.Linear : Of(Activations);

    /// <summary>A gate's activation, from 0 to 1: with others a recurrence may grow from step to step, and rounding with it.</summary>
    public Activation Gate()
        => Of(Models.Activation.Sigmoid, Models.Activation.Sigmoid, Models.Activation.HardSigmoid, Models.Activation.LegacyHardSigmoid,
            Models.Activation.SparseSigmoid);

    /// <summary>The candidate's activation of a recurrence, most often the one fused kernels know.</summary>
    public Activation Candidate()
        => Of(Models.Activation.Tanh, Models.Activation.Tanh, Models.Activation.Tanh, Models.Activation.Softsign, Models.Activation.Sigmoid,
            Models.Activation.Elu);

    /// <summary>The shape of an input: batch, spatial lengths and channels where the format has them.</summary>
    public static int[] Input(int batch, IEnumerable<int> lengths, int channels, DataFormat format)
        => format == DataFormat.ChannelsLast ? [batch, .. lengths, channels] : [batch, channels, .. lengths];

    /// <summary>The batch, and sometimes the spatial axes, left open; sometimes nothing.</summary>
    public int[] Open(int spatial, DataFormat format) => Int(0, 3) switch
    {
        0 => [],
        1 => [0, .. Enumerable.Range(format == DataFormat.ChannelsLast ? 1 : 2, spatial)],
        _ => [0],
    };
}
