using System.Collections.Immutable;
using DeepGpu.Models;
using DeepGpu.Models.Layers;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Draws a weight's first values in Keras's layout. Formulas: https://keras.io/api/layers/initializers/</summary>
internal static class InitialValues
{
    /// <summary>The standard deviation of a normal distribution truncated at two of its own.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Samples single-precision values.</summary>
    public static torch.Tensor Sample(
        Initializer initializer,
        ImmutableArray<int> shape,
        torch.Generator random,
        Extensions? extensions = null)
    {
        if (initializer is not RandomInitializer { Seed: { } seed }) return Draw(initializer, shape, random, extensions ?? Extensions.None);
        using var own = new torch.Generator((ulong)seed);
        return Draw(initializer, shape, own, extensions ?? Extensions.None);
    }

    private static torch.Tensor Draw(Initializer initializer, ImmutableArray<int> shape, torch.Generator random, Extensions extensions)
    {
        long[] size = [.. shape.Select(length => (long)length)];
        var (fanIn, fanOut) = Fans(shape);
        return initializer switch
        {
            Zeros => torch.zeros(size),
            Ones => torch.ones(size),
            BlockNumbers blocks => Arithmetic.Range(size[0], torch.ScalarType.Float32).div(Number(blocks.BlockSize)).floor(),
            Constant constant => Repeated(constant.Value, size),
            IdentityInitializer identity => torch.eye(size[0], size[1]) * Number(identity.Gain),
            RootOf root => Sample(root.Variance, shape, random, extensions).sqrt(),
            ForgetGateOnes forget => ForgetGate(Draw(forget.Others, shape, random, extensions)),
            Orthogonal orthogonal => Orthogonalized(size, random) * Number(orthogonal.Gain),
            RandomNormal normal => Normal(size, normal.Mean, normal.Stddev, random),
            RandomUniform uniform => Uniform(size, uniform.Minval, uniform.Maxval, random),
            TruncatedNormal truncated => Truncated(size, truncated.Mean, truncated.Stddev, random),
            GlorotUniform => Uniform(size, 3 / ((fanIn + fanOut) / 2), random),
            GlorotNormal => Truncated(size, 1 / ((fanIn + fanOut) / 2), random),
            HeUniform => Uniform(size, 6 / fanIn, random),
            HeNormal => Truncated(size, 2 / fanIn, random),
            LecunUniform => Uniform(size, 3 / fanIn, random),
            LecunNormal => Truncated(size, 1 / fanIn, random),
            SpectrumKernel kernel => Spectrum(kernel, shape, size),
            VarianceScaling scaling => Scaled(size, scaling, fanIn, fanOut, random),
            _ => extensions.Draw(initializer, shape, random),
        };
    }

    private static torch.Tensor Repeated(ConstantValue value, long[] size)
    {
        var numbers = torch.tensor(value.Numbers.ToArray(), torch.ScalarType.Float32);
        return numbers.reshape([.. value.Shape.Select(length => (long)length)]).expand(size).contiguous();
    }

    private static torch.Tensor Scaled(long[] size, VarianceScaling scaling, double fanIn, double fanOut, torch.Generator random)
    {
        var n = scaling.Mode switch { FanMode.FanIn => fanIn, FanMode.FanOut => fanOut, _ => (fanIn + fanOut) / 2 };
        var variance = scaling.Scale / Math.Max(1, n);
        return scaling.Distribution switch
        {
            VarianceDistribution.Uniform => Uniform(size, 3 * variance, random),
            VarianceDistribution.UntruncatedNormal => Normal(size, 0, Math.Sqrt(variance), random),
            _ => Truncated(size, variance, random),
        };
    }

    private static torch.Tensor Uniform(long[] size, double squaredLimit, torch.Generator random)
        => Uniform(size, -Math.Sqrt(squaredLimit), Math.Sqrt(squaredLimit), random);

    private static torch.Tensor Uniform(long[] size, double low, double high, torch.Generator random)
        => Fresh.Uniform(size, torch.ScalarType.Float32, random).mul_(Number(high - low)).add_(Number(low), Number(1));

    private static torch.Tensor Normal(long[] size, double mean, double deviation, torch.Generator random)
        => torch.randn(size, torch.ScalarType.Float32, generator: random).mul_(Number(deviation)).add_(Number(mean), Number(1));

    private static torch.Tensor Truncated(long[] size, double variance, torch.Generator random)
        => Truncated(size, 0, Math.Sqrt(variance) / TruncatedDeviation, random);

    /// <summary>By the inverse of the distribution function between -2 and 2 standard deviations.</summary>
    private static torch.Tensor Truncated(long[] size, double mean, double deviation, torch.Generator random)
    {
        const double Edge = 0.9544997361036416;
        var standard = Fresh.Uniform(size, torch.ScalarType.Float64, random).mul_(Number(2 * Edge)).sub_(Number(Edge)).erfinv();
        return standard.mul_(Number(Math.Sqrt(2) * deviation)).add_(Number(mean), Number(1)).to(torch.ScalarType.Float32);
    }

    /// <summary>The Q of a random matrix's QR decomposition, signs made unique; the axes but the last are rows.</summary>
    private static torch.Tensor Orthogonalized(long[] size, torch.Generator random)
    {
        var (rows, columns) = (size[..^1].Aggregate(1L, (product, length) => product * length), size[^1]);
        var (q, r) = torch.linalg.qr(torch.randn([Math.Max(rows, columns), Math.Min(rows, columns)],
            torch.ScalarType.Float32, generator: random));
        var signed = q * r.diagonal().sign();
        return (rows < columns ? signed.t() : signed).contiguous().reshape(size);
    }

    private static torch.Tensor Spectrum(SpectrumKernel kernel, ImmutableArray<int> shape, long[] size)
        => torch.tensor(kernel.Values(shape[0], shape[^1]), size, kernel.IsDouble ? torch.ScalarType.Float64 : torch.ScalarType.Float32);

    private static torch.Tensor ForgetGate(torch.Tensor bias)
    {
        var units = bias.shape[^1] / 4;
        bias.narrow(-1, units, units).fill_(Number(1));
        return bias;
    }

    /// <summary>Inputs each output depends on and outputs each input reaches: the receptive field times the channels.</summary>
    private static (double In, double Out) Fans(ImmutableArray<int> shape)
    {
        if (shape.Length == 0) return (1, 1);
        if (shape.Length == 1) return (shape[0], shape[0]);
        var field = shape[..^2].Aggregate(1.0, (product, length) => product * length);
        return (field * shape[^2], field * shape[^1]);
    }
}
