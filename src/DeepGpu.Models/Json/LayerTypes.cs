namespace DeepGpu.Models.Json;

/// <summary>The layers a description may name.</summary>
internal static partial class LayerTypes
{
    private static ModelJsonContext Json => ModelJsonContext.Default;

    /// <summary>Every class.</summary>
    public static KerasTypes All { get; } = new(LayerRows());

    /// <summary>A layer by Keras's name of it; null for one this library does not know.</summary>
    public static KerasType? Find(string className) => All.Find(className);
}
