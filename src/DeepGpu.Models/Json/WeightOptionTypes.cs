namespace DeepGpu.Models.Json;

/// <summary>How weights start, what is added to the loss for them and what they are held to: the classes a layer's config may
/// name.</summary>
internal static partial class WeightOptionTypes
{
    private static ModelJsonContext Json => ModelJsonContext.Default;

    /// <summary>Every class of initializers.</summary>
    public static KerasTypes Initializers { get; } = new(InitializerRows());

    /// <summary>Every class of regularizers.</summary>
    public static KerasTypes Regularizers { get; } = new(RegularizerRows());

    /// <summary>Every class of constraints.</summary>
    public static KerasTypes Constraints { get; } = new(ConstraintRows());
}
