namespace DeepGpu.Models;

/// <summary>Pooling as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.MaxPooling1D"/> layer.</summary>
    public static SymbolicTensor MaxPooling1D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new MaxPooling1D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.MaxPooling2D"/> layer.</summary>
    public static SymbolicTensor MaxPooling2D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new MaxPooling2D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.MaxPooling3D"/> layer.</summary>
    public static SymbolicTensor MaxPooling3D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new MaxPooling3D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.GlobalMaxPooling1D"/> layer.</summary>
    public static SymbolicTensor GlobalMaxPooling1D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalMaxPooling1D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.GlobalMaxPooling2D"/> layer.</summary>
    public static SymbolicTensor GlobalMaxPooling2D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalMaxPooling2D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.GlobalMaxPooling3D"/> layer.</summary>
    public static SymbolicTensor GlobalMaxPooling3D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalMaxPooling3D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.AdaptiveMaxPooling1D"/> layer.</summary>
    public static SymbolicTensor AdaptiveMaxPooling1D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveMaxPooling1D(outputSize) { Name = name });

    /// <summary>Adds a <see cref="Models.AdaptiveMaxPooling2D"/> layer.</summary>
    public static SymbolicTensor AdaptiveMaxPooling2D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveMaxPooling2D(outputSize) { Name = name });

    /// <summary>Adds a <see cref="Models.AdaptiveMaxPooling3D"/> layer.</summary>
    public static SymbolicTensor AdaptiveMaxPooling3D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveMaxPooling3D(outputSize) { Name = name });

    /// <summary>Adds a <see cref="Models.AveragePooling1D"/> layer.</summary>
    public static SymbolicTensor AveragePooling1D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new AveragePooling1D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.AveragePooling2D"/> layer.</summary>
    public static SymbolicTensor AveragePooling2D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new AveragePooling2D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.AveragePooling3D"/> layer.</summary>
    public static SymbolicTensor AveragePooling3D(
        this SymbolicTensor input,
        Extent? poolSize = null,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        bool ceilMode = false,
        string? name = null)
        => Add(input, new AveragePooling3D(poolSize ?? 2) { Name = name, Strides = strides, Padding = padding, CeilMode = ceilMode });

    /// <summary>Adds a <see cref="Models.GlobalAveragePooling1D"/> layer.</summary>
    public static SymbolicTensor GlobalAveragePooling1D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalAveragePooling1D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.GlobalAveragePooling2D"/> layer.</summary>
    public static SymbolicTensor GlobalAveragePooling2D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalAveragePooling2D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.GlobalAveragePooling3D"/> layer.</summary>
    public static SymbolicTensor GlobalAveragePooling3D(this SymbolicTensor input, bool keepDims = false, string? name = null)
        => Add(input, new GlobalAveragePooling3D() { Name = name, KeepDims = keepDims });

    /// <summary>Adds a <see cref="Models.AdaptiveAveragePooling1D"/> layer.</summary>
    public static SymbolicTensor AdaptiveAveragePooling1D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveAveragePooling1D(outputSize) { Name = name });

    /// <summary>Adds a <see cref="Models.AdaptiveAveragePooling2D"/> layer.</summary>
    public static SymbolicTensor AdaptiveAveragePooling2D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveAveragePooling2D(outputSize) { Name = name });

    /// <summary>Adds a <see cref="Models.AdaptiveAveragePooling3D"/> layer.</summary>
    public static SymbolicTensor AdaptiveAveragePooling3D(this SymbolicTensor input, Extent outputSize, string? name = null)
        => Add(input, new AdaptiveAveragePooling3D(outputSize) { Name = name });
}
