namespace DeepGpu.Models;

/// <summary>An activation as a layer of its own.</summary>
/// <remarks>Output shape = input shape (GLU halves the last axis). Keras: https://keras.io/api/layers/core_layers/activation/</remarks>
[KerasClass(Method = "Activate")]
public sealed record ActivationLayer : UnaryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="activation">The function.</param>
    public ActivationLayer(Activation activation) => Activation = activation;

    /// <summary>The function.</summary>
    public Activation Activation { get; init; }

    /// <inheritdoc/>
    protected internal override string ClassName => "Activation";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Activation.OutputShape(input);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => Activation == Activation.Linear ? [Work.View(name, inputs, inputs)] : [.. Work.Function(name, Activation, inputs[0])];
}
