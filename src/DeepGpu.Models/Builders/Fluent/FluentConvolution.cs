namespace DeepGpu.Models;

/// <summary>Convolutions as fluent calls.</summary>
public static partial class FluentLayers
{
    /// <summary>Adds a <see cref="Models.Conv1D"/> layer.</summary>
    public static SymbolicTensor Conv1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null)
        => Add(input, new Conv1D(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DilationRate = dilationRate ?? 1,
            Groups = groups,
            UseBias = useBias,
            DataFormat = dataFormat
        });

    /// <summary>Adds a <see cref="Models.Conv2D"/> layer.</summary>
    public static SymbolicTensor Conv2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null)
        => Add(input, new Conv2D(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DilationRate = dilationRate ?? 1,
            Groups = groups,
            UseBias = useBias,
            DataFormat = dataFormat
        });

    /// <summary>Adds a <see cref="Models.Conv3D"/> layer.</summary>
    public static SymbolicTensor Conv3D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? dilationRate = null,
        int groups = 1,
        bool useBias = true,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null)
        => Add(input, new Conv3D(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DilationRate = dilationRate ?? 1,
            Groups = groups,
            UseBias = useBias,
            DataFormat = dataFormat
        });

    /// <summary>Adds a <see cref="Models.Conv1DTranspose"/> layer.</summary>
    public static SymbolicTensor Conv1DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        bool useBias = true,
        string? name = null)
        => Add(input, new Conv1DTranspose(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            OutputPadding = outputPadding,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.Conv2DTranspose"/> layer.</summary>
    public static SymbolicTensor Conv2DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        bool useBias = true,
        string? name = null)
        => Add(input, new Conv2DTranspose(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            OutputPadding = outputPadding,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.Conv3DTranspose"/> layer.</summary>
    public static SymbolicTensor Conv3DTranspose(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        Extent? outputPadding = null,
        bool useBias = true,
        string? name = null)
        => Add(input, new Conv3DTranspose(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            OutputPadding = outputPadding,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.DepthwiseConv1D"/> layer.</summary>
    public static SymbolicTensor DepthwiseConv1D(
        this SymbolicTensor input,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        bool useBias = true,
        string? name = null)
        => Add(input, new DepthwiseConv1D(kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.SeparableConv1D"/> layer.</summary>
    public static SymbolicTensor SeparableConv1D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        bool useBias = true,
        string? name = null)
        => Add(input, new SeparableConv1D(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.DepthwiseConv2D"/> layer.</summary>
    public static SymbolicTensor DepthwiseConv2D(
        this SymbolicTensor input,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        bool useBias = true,
        string? name = null)
        => Add(input, new DepthwiseConv2D(kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            UseBias = useBias
        });

    /// <summary>Adds a <see cref="Models.SeparableConv2D"/> layer.</summary>
    public static SymbolicTensor SeparableConv2D(
        this SymbolicTensor input,
        int filters,
        Extent kernelSize,
        Activation activation = Activation.Linear,
        Extent? strides = null,
        Padding padding = Padding.Valid,
        int depthMultiplier = 1,
        bool useBias = true,
        string? name = null)
        => Add(input, new SeparableConv2D(filters, kernelSize, activation)
        {
            Name = name,
            Strides = strides ?? 1,
            Padding = padding,
            DepthMultiplier = depthMultiplier,
            UseBias = useBias
        });
}
