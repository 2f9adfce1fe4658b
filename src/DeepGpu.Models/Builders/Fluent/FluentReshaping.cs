using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Changes of shape as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.Flatten"/> layer.</summary>
    public static SymbolicTensor Flatten(this SymbolicTensor input, string? name = null)
        => Add(input, new Flatten() { Name = name });

    /// <summary>Adds a <see cref="Models.Reshape"/> layer.</summary>
    public static SymbolicTensor Reshape(this SymbolicTensor input, params ImmutableArray<int> targetShape)
        => Add(input, new Reshape(targetShape));

    /// <summary>Adds a <see cref="Models.Permute"/> layer.</summary>
    public static SymbolicTensor Permute(this SymbolicTensor input, params ImmutableArray<int> dims) => Add(input, new Permute(dims));

    /// <summary>Adds a <see cref="Models.RepeatVector"/> layer.</summary>
    public static SymbolicTensor RepeatVector(this SymbolicTensor input, int n, string? name = null)
        => Add(input, new RepeatVector(n) { Name = name });

    /// <summary>Adds a <see cref="Models.ZeroPadding1D"/> layer.</summary>
    public static SymbolicTensor ZeroPadding1D(this SymbolicTensor input, Margins? padding = null, string? name = null)
        => Add(input, new ZeroPadding1D(padding ?? 1) { Name = name });

    /// <summary>Adds a <see cref="Models.ZeroPadding2D"/> layer.</summary>
    public static SymbolicTensor ZeroPadding2D(this SymbolicTensor input, Margins? padding = null, string? name = null)
        => Add(input, new ZeroPadding2D(padding ?? 1) { Name = name });

    /// <summary>Adds a <see cref="Models.ZeroPadding3D"/> layer.</summary>
    public static SymbolicTensor ZeroPadding3D(this SymbolicTensor input, Margins? padding = null, string? name = null)
        => Add(input, new ZeroPadding3D(padding ?? 1) { Name = name });

    /// <summary>Adds a <see cref="Models.Cropping1D"/> layer.</summary>
    public static SymbolicTensor Cropping1D(this SymbolicTensor input, Margins? cropping = null, string? name = null)
        => Add(input, new Cropping1D(cropping ?? 1) { Name = name });

    /// <summary>Adds a <see cref="Models.Cropping2D"/> layer.</summary>
    public static SymbolicTensor Cropping2D(this SymbolicTensor input, Margins? cropping = null, string? name = null)
        => Add(input, new Cropping2D(cropping ?? 0) { Name = name });

    /// <summary>Adds a <see cref="Models.Cropping3D"/> layer.</summary>
    public static SymbolicTensor Cropping3D(this SymbolicTensor input, Margins? cropping = null, string? name = null)
        => Add(input, new Cropping3D(cropping ?? 1) { Name = name });

    /// <summary>Adds a <see cref="Models.UpSampling1D"/> layer.</summary>
    public static SymbolicTensor UpSampling1D(this SymbolicTensor input, Extent? size = null, string? name = null)
        => Add(input, new UpSampling1D(size ?? 2) { Name = name });

    /// <summary>Adds a <see cref="Models.UpSampling2D"/> layer.</summary>
    public static SymbolicTensor UpSampling2D(
        this SymbolicTensor input,
        Extent? size = null,
        Interpolation interpolation = Interpolation.Nearest,
        string? name = null)
        => Add(input, new UpSampling2D(size ?? 2) { Name = name, Interpolation = interpolation });

    /// <summary>Adds a <see cref="Models.UpSampling3D"/> layer.</summary>
    public static SymbolicTensor UpSampling3D(this SymbolicTensor input, Extent? size = null, string? name = null)
        => Add(input, new UpSampling3D(size ?? 2) { Name = name });
}
