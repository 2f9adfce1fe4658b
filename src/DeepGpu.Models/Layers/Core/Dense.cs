namespace DeepGpu.Models;

/// <summary>A fully connected layer on the last axis: activation(input . kernel + bias).</summary>
/// <remarks>Input (batch, ..., features), output (batch, ..., units). Keras: https://keras.io/api/layers/core_layers/dense/</remarks>
public sealed record Dense : KernelLayer
{
    /// <summary>Makes a dense layer.</summary>
    /// <param name="units">The length of the output's last axis, at least 1.</param>
    /// <param name="activation">Default linear.</param>
    public Dense(int units, Activation activation = Activation.Linear) => (Units, Activation) = (units, activation);

    /// <summary>The length of the output's last axis, at least 1.</summary>
    public int Units { get; init => field = Require.AtLeast(value, 1, nameof(Dense), nameof(Units)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Features(input);
        return Activation.OutputShape(input.With(^1, Units));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input) => KernelAndBias([Features(input), Units], Units);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => Work.Dense(name, Features(inputs[0]), inputs, inputs[0].With(^1, Units), UseBias, Activation);

    private static int Features(Shape input) => input.Rank >= 2 && input[^1] is { } features
        ? features
        : throw new ShapeException("an input whose last axis is known", "Give the model's input a full shape.");
}
