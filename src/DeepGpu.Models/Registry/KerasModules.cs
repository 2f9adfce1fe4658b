namespace DeepGpu.Models.Registry;

/// <summary>The modules that files say classes are of.</summary>
internal static class KerasModules
{
    /// <summary>The package of KerasHub, in whose name its classes are registered.</summary>
    public const string HubPackage = "keras_hub";

    /// <summary>This library's own, which Keras does not read.</summary>
    public const string Own = "deepgpu";

    /// <summary>KerasHub's layers.</summary>
    public const string Hub = $"{HubPackage}.layers";
}
