namespace DeepGpu;

/// <summary>torch refused an operation. The message names the call, and where it is known the layer, loss or metric with the sizes it
/// worked on; torch's own text is in the inner exception.</summary>
public sealed class TorchException : DeepGpuException
{
    internal TorchException(Fault fault, Exception cause, string? layer = null, string? layerType = null)
        : base(fault, cause) => (Layer, LayerType) = (layer, layerType);

    /// <summary>The layer that was running, after the names of the models it is in; null where none was.</summary>
    public string? Layer { get; }

    /// <summary>Keras's name of that layer's class.</summary>
    internal string? LayerType { get; }
}
