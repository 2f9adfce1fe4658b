namespace DeepGpu.Models;

/// <summary>A fully connected layer on the last axis: activation(input . kernel + bias).</summary>
/// <remarks>Input (batch, ..., features), output (batch, ..., units). Keras: https://keras.io/api/layers/core_layers/dense/</remarks>
public sealed record Dense : UnaryLayer
{
    /// <summary>Makes a dense layer.</summary>
    /// <param name="units">The length of the output's last axis, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Dense(int units, Activation activation = Activation.Linear) => (Units, Activation) = (units, activation);

    /// <summary>The length of the output's last axis, at least 1.</summary>
    public int Units { get; init => field = Require.AtLeast(value, 1, nameof(Dense), nameof(Units)); }

    /// <summary>The function after the product. Default linear.</summary>
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
        Features(input);
        return input.With(^1, Units);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var kernel = new WeightSpec("kernel", [Features(input), Units], KernelInitializer);
        return UseBias ? [kernel, new("bias", [Units], BiasInitializer)] : [kernel];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (input, features) = (inputs[0].Elements!.Value, Features(inputs[0]));
        var flops = 2.0 * input * Units;
        return
        [
            new()
            {
                Name = name,
                Kind = OperationKind.MatrixMultiply,
                ForwardFlops = flops,
                BackwardFlops = 2 * flops,
                InputElements = input,
                OutputElements = input / features * Units,
                WeightElements = Weights(inputs).Sum(w => w.Count),
            },
        ];
    }

    private static int Features(Shape input) => input.Rank >= 2 && input[^1] is { } features
        ? features
        : throw new ShapeException("an input whose last axis is known", "Give the model's input a full shape.");
}
