namespace DeepGpu.Models;

/// <summary>A factor of the learning rate for the weights of one layer, or of all layers whose names begin alike.</summary>
/// <remarks>Not a rate by itself. To leave a layer as it is, freeze it instead.</remarks>
public readonly record struct LayerRate
{
    /// <summary>Creates a factor.</summary>
    /// <param name="layer">The layer's name; of a nested model or wrapper it covers everything in it.
    /// A '*' at its end covers every name that begins so: "block1_*".</param>
    /// <param name="multiplier">Finite and above 0; 0.1 learns ten times slower.</param>
    /// <exception cref="DeepGpuArgumentException">The name is empty or the factor out of range.</exception>
    public LayerRate(string layer, double multiplier)
    {
        Layer = string.IsNullOrEmpty(layer) ? throw Require.OutOfRange(nameof(LayerRate), nameof(layer), "a layer's name", "empty") : layer;
        Multiplier = Require.Positive(multiplier, nameof(LayerRate));
    }

    /// <summary>The layer's name, or the beginning of names and '*'.</summary>
    public string Layer { get; }

    /// <summary>The factor.</summary>
    public double Multiplier { get; }

    /// <summary>Whether it is for a weight.</summary>
    /// <param name="weight">The weight's name, "layer/weight".</param>
    internal bool Covers(string weight)
        => Layer.EndsWith('*')
            ? weight.StartsWith(Layer[..^1], StringComparison.Ordinal)
            : weight.StartsWith(Layer, StringComparison.Ordinal) && weight[Layer.Length..].StartsWith('/');
}
