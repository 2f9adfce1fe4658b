namespace DeepGpu.Models;

/// <summary>Normalisation and regularisation as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.BatchNormalization"/> layer.</summary>
    public static SymbolicTensor BatchNormalization(
        this SymbolicTensor input,
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        string? name = null)
        => Add(input,
            new BatchNormalization() { Name = name, Axis = axis, Momentum = momentum, Epsilon = epsilon, Center = center, Scale = scale });

    /// <summary>Adds a <see cref="Models.LayerNormalization"/> layer.</summary>
    public static SymbolicTensor LayerNormalization(
        this SymbolicTensor input,
        Axes? axis = null,
        double epsilon = 0.001,
        bool center = true,
        bool scale = true,
        string? name = null)
        => Add(input, new LayerNormalization() { Name = name, Axis = axis ?? -1, Epsilon = epsilon, Center = center, Scale = scale });

    /// <summary>Adds a <see cref="Models.GroupNormalization"/> layer.</summary>
    public static SymbolicTensor GroupNormalization(
        this SymbolicTensor input,
        int groups = 32,
        int axis = -1,
        double epsilon = 0.001,
        string? name = null)
        => Add(input, new GroupNormalization() { Name = name, Groups = groups, Axis = axis, Epsilon = epsilon });

    /// <summary>Adds a <see cref="Models.RMSNormalization"/> layer.</summary>
    public static SymbolicTensor RMSNormalization(this SymbolicTensor input, int axis = -1, double epsilon = 1e-6, string? name = null)
        => Add(input, new RMSNormalization() { Name = name, Axis = axis, Epsilon = epsilon });

    /// <summary>Adds a <see cref="Models.UnitNormalization"/> layer.</summary>
    public static SymbolicTensor UnitNormalization(this SymbolicTensor input, int axis = -1, string? name = null)
        => Add(input, new UnitNormalization() { Name = name, Axis = axis });

    /// <summary>Adds a <see cref="Models.LayerScale"/> layer.</summary>
    public static SymbolicTensor LayerScale(this SymbolicTensor input, double initValues = 1e-6, string? name = null)
        => Add(input, new LayerScale(initValues) { Name = name });

    /// <summary>Adds a <see cref="Models.Dropout"/> layer.</summary>
    public static SymbolicTensor Dropout(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new Dropout(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.SpatialDropout1D"/> layer.</summary>
    public static SymbolicTensor SpatialDropout1D(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new SpatialDropout1D(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.SpatialDropout2D"/> layer.</summary>
    public static SymbolicTensor SpatialDropout2D(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new SpatialDropout2D(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.SpatialDropout3D"/> layer.</summary>
    public static SymbolicTensor SpatialDropout3D(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new SpatialDropout3D(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.GaussianNoise"/> layer.</summary>
    public static SymbolicTensor GaussianNoise(this SymbolicTensor input, double stddev, string? name = null)
        => Add(input, new GaussianNoise(stddev) { Name = name });

    /// <summary>Adds a <see cref="Models.GaussianDropout"/> layer.</summary>
    public static SymbolicTensor GaussianDropout(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new GaussianDropout(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.AlphaDropout"/> layer.</summary>
    public static SymbolicTensor AlphaDropout(this SymbolicTensor input, double rate, string? name = null)
        => Add(input, new AlphaDropout(rate) { Name = name });

    /// <summary>Adds a <see cref="Models.StochasticDepth"/> layer.</summary>
    public static SymbolicTensor StochasticDepth(this SymbolicTensor input, double dropPathRate, string? name = null)
        => Add(input, new StochasticDepth(dropPathRate) { Name = name });

    /// <summary>Adds a <see cref="Models.ActivityRegularization"/> layer.</summary>
    public static SymbolicTensor ActivityRegularization(this SymbolicTensor input, double l1 = 0, double l2 = 0, string? name = null)
        => Add(input, new ActivityRegularization() { Name = name, L1 = l1, L2 = l2 });

    /// <summary>Adds a <see cref="Models.SpectralNormalization"/> layer around another.</summary>
    public static SymbolicTensor SpectralNormalization(this SymbolicTensor input, Layer layer, int powerIterations = 1, string? name = null)
        => Add(input, new SpectralNormalization(layer) { Name = name, PowerIterations = powerIterations });
}
