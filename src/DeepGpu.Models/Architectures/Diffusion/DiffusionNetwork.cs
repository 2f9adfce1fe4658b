using System.Globalization;
using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models.Architectures;

/// <summary>Blocks of networks that make pictures, named as diffusers names its modules: residual convolutions after group
/// normalisation, and attention of every place to every other.</summary>
/// <param name="groups">Groups of a normalisation.</param>
/// <param name="epsilon">What it adds to the variance.</param>
internal sealed class DiffusionNetwork(int groups, double epsilon)
{
    /// <summary>What the steps of noise became, (batch, features), for every residual block; null for none.</summary>
    public SymbolicTensor? Time { get; init; }

    /// <summary>A convolution that keeps height and width, or halves them.</summary>
    public static SymbolicTensor Convolved(SymbolicTensor x, string name, int filters, int kernel = 3)
        => x.Conv2D(filters, kernel, padding: Padding.Same, name: name);

    /// <summary>Half as high and wide: padded below and on the right alone.</summary>
    public static SymbolicTensor Halved(SymbolicTensor x, string name)
        => x.ZeroPadding2D(new Margins((0, 1), (0, 1))).Conv2D(Channels(x), 3, strides: 2, name: name);

    /// <summary>Half as high and wide: padded on every side.</summary>
    public static SymbolicTensor HalvedAround(SymbolicTensor x, string name)
        => x.ZeroPadding2D(1).Conv2D(Channels(x), 3, strides: 2, name: name);

    /// <summary>Twice as high and wide: each place four times, then a convolution.</summary>
    public static SymbolicTensor Doubled(SymbolicTensor x, string name) => Convolved(x.UpSampling2D(2), name, Channels(x));

    /// <summary>The channels so far.</summary>
    public static int Channels(SymbolicTensor x) => x.Shape![^1]!.Value;

    /// <summary>A normalisation and SiLU.</summary>
    public SymbolicTensor Activated(SymbolicTensor x, string name)
        => x.GroupNormalization(groups, epsilon: epsilon, name: name).Activate(Activation.Silu);

    /// <summary>Two convolutions, the time added between them, around which the input goes, by a convolution of one place where the
    /// channels change.</summary>
    public SymbolicTensor Residual(SymbolicTensor x, string path, int filters)
    {
        var y = Convolved(Activated(x, $"{path}.norm1"), $"{path}.conv1", filters);
        if (Time is not null)
            y = y.Add(Time.Activate(Activation.Silu).Dense(filters, name: $"{path}.time_emb_proj").Reshape(1, 1, filters));
        y = Convolved(Activated(y, $"{path}.norm2"), $"{path}.conv2", filters);
        return y.Add(Channels(x) == filters ? x : Convolved(x, $"{path}.conv_shortcut", filters, kernel: 1));
    }

    /// <summary>Attention of every place to every other, in one head.</summary>
    public SymbolicTensor Attended(SymbolicTensor x, string path)
    {
        var (height, width, channels) = (x.Shape![1]!.Value, x.Shape![2]!.Value, Channels(x));
        var places = x.GroupNormalization(groups, epsilon: epsilon, name: $"{path}.group_norm").Reshape(height * width, channels);
        var attended = places.Dense(channels, name: $"{path}.to_q").Apply(
            new RotaryAttention(channels, 1, 1) { RotaryDim = 0, UseCausalMask = false },
            places.Dense(channels, name: $"{path}.to_v"), places.Dense(channels, name: $"{path}.to_k"));
        return attended.Dense(channels, name: $"{path}.to_out.0").Reshape(height, width, channels).Add(x);
    }

    /// <summary>Residual blocks with attention between them: the middle.</summary>
    /// <param name="x">The input.</param>
    /// <param name="path">What the names start with.</param>
    /// <param name="attention">The attention.</param>
    public SymbolicTensor Middle(SymbolicTensor x, string path, Func<SymbolicTensor, string, SymbolicTensor> attention)
    {
        var first = attention(Residual(x, $"{path}.resnets.0", Channels(x)), $"{path}.attentions.0");
        return Residual(first, $"{path}.resnets.1", Channels(x));
    }

    /// <summary>A numbered path.</summary>
    public static string At(string path, int number) => $"{path}.{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Sines and cosines of the time at wavelengths that grow: (batch, features).</summary>
    /// <param name="time">The step of noise, (batch, 1).</param>
    /// <param name="features">An even number.</param>
    /// <param name="shift">What is taken off half of the features in the exponent.</param>
    /// <param name="startsWithCosines">Whether the cosines stand before the sines.</param>
    public static SymbolicTensor Waves(SymbolicTensor time, int features, int shift, bool startsWithCosines)
    {
        var half = features / 2;
        double[] frequencies = [.. Enumerable.Range(0, half).Select(i => Math.Pow(10000, -(double)i / (half - shift)))];
        var angles = time.Apply(new TensorFunction("Multiply", ("x1", FunctionArgument.Input(0)),
            ("x2", FunctionArgument.Array(new([.. frequencies], [half]))))
        { Policy = PrecisionPolicy.Float32 });
        var (sines, cosines) = (GraphParts.Call(angles, "Sin"), GraphParts.Call(angles, "Cos"));
        return startsWithCosines ? cosines.Concatenate(sines) : sines.Concatenate(cosines);
    }
}
