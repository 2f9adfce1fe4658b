using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Passes its input on unchanged.</summary>
/// <remarks>Keras: https://keras.io/api/layers/core_layers/identity/</remarks>
[KerasClass(Method = "Identity")]
public sealed record IdentityLayer : UnaryLayer
{
    /// <inheritdoc/>
    protected internal override string ClassName => "Identity";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.View(name, inputs, inputs)];
}
