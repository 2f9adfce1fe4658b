namespace DeepGpu.Models;

/// <summary>A 2D convolution (cross-correlation) with learned kernels: activation(input * kernel + bias).</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, filters).
/// Keras: https://keras.io/api/layers/convolution_layers/convolution2d/</remarks>
public sealed record Conv2D : UnaryLayer
{
    private const int Spatial = 2;

    /// <summary>Makes a 2D convolution.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Conv2D(int filters, Extent kernelSize, Activation activation = Activation.Linear)
        => (Filters, KernelSize, Activation) = (filters, kernelSize, activation);

    /// <summary>The output's channels, at least 1.</summary>
    public int Filters { get; init => field = Require.AtLeast(value, 1, nameof(Conv2D), nameof(Filters)); }

    /// <summary>The kernel's height and width, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, nameof(Conv2D), nameof(KernelSize)); }

    /// <summary>The step between positions. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, nameof(Conv2D), nameof(Strides)); } = (1, 1);

    /// <summary>What happens at the border. Default valid.</summary>
    public Padding Padding { get; init; }

    /// <summary>The function after the convolution. Default linear.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var output = Window.Slide(input, Spatial, KernelSize, Strides, dilation: 1, Padding);
        Channels(input);
        return output.With(^1, Filters);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var kernel = new WeightSpec("kernel", [KernelSize[0], KernelSize[1], Channels(input), Filters], KernelInitializer);
        return UseBias ? [kernel, new("bias", [Filters], BiasInitializer)] : [kernel];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var output = OutputShape(inputs[0]).Elements!.Value;
        var flops = 2.0 * output * KernelSize.Volume(Spatial) * Channels(inputs[0]);
        return
        [
            new()
            {
                Name = name,
                Kind = OperationKind.Convolution,
                ForwardFlops = flops,
                BackwardFlops = 2 * flops,
                InputElements = inputs[0].Elements!.Value,
                OutputElements = output,
                WeightElements = Weights(inputs).Sum(w => w.Count),
            },
        ];
    }

    private static int Channels(Shape input)
        => input[^1] ?? throw new ShapeException("an input whose channels are known", "Give the model's input a full shape.");
}
