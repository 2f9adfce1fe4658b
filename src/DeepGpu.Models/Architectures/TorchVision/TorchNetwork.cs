namespace DeepGpu.Models.Architectures;

/// <summary>A network as torchvision.models has it: layers with weights are named by their modules' paths,
/// padding is the same on both sides.</summary>
internal abstract class TorchNetwork(string name) : ImageNetwork(name)
{
    /// <summary>How torch starts convolutions and linear layers: uniform in +-1 / sqrt(fan in). Biases start at 0 here.</summary>
    protected static readonly Initializer TorchUniform = new VarianceScaling(1.0 / 3, FanMode.FanIn, VarianceDistribution.Uniform);

    /// <summary>Normal with variance 2 / fan out, not truncated: He's for what flows back.</summary>
    protected static readonly Initializer KaimingFanOut = new VarianceScaling(2, FanMode.FanOut, VarianceDistribution.UntruncatedNormal);

    protected override ApplicationSource Source => ApplicationSource.TorchVision;

    protected override bool IsOpenWithoutTop => false;

    protected override Activation DefaultActivation => Activation.Linear;

    /// <summary>How convolutions start.</summary>
    protected virtual Initializer KernelStart => TorchUniform;

    /// <summary>A convolution; padded to keep the size where no padding is named.</summary>
    protected SymbolicTensor Conv(SymbolicTensor x, string path, int filters, int kernel, int stride = 1, int? padding = null,
        int groups = 1, bool useBias = false)
    {
        var (padded, rule) = Padded(x, path, kernel, stride, padding ?? kernel / 2);
        return padded.Apply(new Conv2D(filters, kernel)
        {
            Name = path,
            Strides = stride,
            Padding = rule,
            Groups = groups,
            UseBias = useBias,
            KernelInitializer = KernelStart
        });
    }

    /// <summary>A convolution of each channel by itself, padded to keep the size.</summary>
    protected SymbolicTensor Depthwise(SymbolicTensor x, string path, int kernel, int stride)
    {
        var (padded, rule) = Padded(x, path, kernel, stride, kernel / 2);
        return padded.Apply(new DepthwiseConv2D(kernel)
        {
            Name = path,
            Strides = stride,
            Padding = rule,
            UseBias = false,
            DepthwiseInitializer = KernelStart
        });
    }

    /// <summary>Batch normalisation with torch's constants; momentum counts what is kept.</summary>
    protected static SymbolicTensor Norm(SymbolicTensor x, string path, double epsilon = 1e-5, double momentum = 0.9)
        => x.BatchNormalization(momentum: momentum, epsilon: epsilon, name: path);

    /// <summary>The largest of each window of 3x3 around every other position.
    /// The input may not be negative: zeros stand around it.</summary>
    protected static SymbolicTensor MaxPoolHalved(SymbolicTensor x, string path)
        => x.ZeroPadding2D(1, name: $"{path}.pad").MaxPooling2D(3, strides: 2, name: path);

    /// <summary>A map as one vector in torch's order, channels first, so that the next layer's weights fit as they are.</summary>
    protected static SymbolicTensor Flattened(SymbolicTensor x) => x.Permute(3, 1, 2).Flatten();

    /// <summary>A linear layer.</summary>
    protected static SymbolicTensor Linear(SymbolicTensor x, string path, int units,
        Activation activation = Activation.Linear, Initializer? start = null)
        => x.Dense(units, activation, kernelInitializer: start ?? TorchUniform, name: path);

    /// <summary>"same" is torch's symmetric padding where the stride is 1;
    /// elsewhere zeros are put around by a layer of their own.</summary>
    private static (SymbolicTensor Value, Padding Rule) Padded(SymbolicTensor x, string path, int kernel, int stride, int padding)
        => padding switch
        {
            0 => (x, Padding.Valid),
            _ when stride == 1 && 2 * padding == kernel - 1 => (x, Padding.Same),
            _ => (x.ZeroPadding2D(padding, name: $"{path}.pad"), Padding.Valid),
        };
}
