namespace DeepGpu.Models;

/// <summary>Every layer as a fluent call. An option that is not here is set on the layer's record: <c>.Apply(new Dense(10) { ... })</c>.</summary>
public static class FluentLayers
{
    /// <summary>Adds a <see cref="Models.Dense"/> layer.</summary>
    public static SymbolicTensor Dense(this SymbolicTensor input, int units, Activation activation = Activation.Linear, string? name = null)
        => Add(input, new Dense(units, activation) { Name = name });

    /// <summary>Adds a <see cref="Models.Conv2D"/> layer.</summary>
    public static SymbolicTensor Conv2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        string? name = null)
        => Add(input, new Conv2D(filters, kernelSize, activation) { Strides = strides ?? 1, Padding = padding, Name = name });

    /// <summary>Adds a <see cref="Models.MaxPooling2D"/> layer.</summary>
    public static SymbolicTensor MaxPooling2D(this SymbolicTensor input, Extent? poolSize = null, Extent? strides = null, Padding padding = Padding.Valid, string? name = null)
        => Add(input, new MaxPooling2D(poolSize ?? 2) { Strides = strides, Padding = padding, Name = name });

    /// <summary>Adds a <see cref="Models.Flatten"/> layer.</summary>
    public static SymbolicTensor Flatten(this SymbolicTensor input, string? name = null) => Add(input, new Flatten { Name = name });

    /// <summary>Adds a <see cref="Models.Dropout"/> layer.</summary>
    public static SymbolicTensor Dropout(this SymbolicTensor input, double rate, string? name = null) => Add(input, new Dropout(rate) { Name = name });

    private static SymbolicTensor Add(SymbolicTensor input, Layer layer)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Apply(layer);
    }
}
