namespace DeepGpu.Models.Registry;

/// <summary>What a layer that is no <see cref="UnaryLayer"/> is called with: the inputs of its fluent method.</summary>
/// <param name="inputs">The inputs.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LayerInputsAttribute(LayerInputs inputs) : Attribute
{
    /// <summary>The inputs.</summary>
    public LayerInputs Inputs { get; } = inputs;
}

/// <summary>The inputs of a layer.</summary>
internal enum LayerInputs
{
    /// <summary>One.</summary>
    One,

    /// <summary>Two.</summary>
    Pair,

    /// <summary>Two or more.</summary>
    Several,

    /// <summary>A query, values and perhaps keys.</summary>
    Query,

    /// <summary>A sequence that is decoded, and perhaps one to attend to.</summary>
    Decoder,

    /// <summary>A query, and perhaps values and keys: without values it asks itself.</summary>
    SelfQuery,

    /// <summary>Queries, values and keys, or all of them in one.</summary>
    Projections,
}
