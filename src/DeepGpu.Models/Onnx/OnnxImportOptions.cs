namespace DeepGpu.Models;

/// <summary>How an ONNX file is read.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>What inputs of one whole number are, by name: they are no inputs then, and branches that they choose are followed
    /// ("sr" = 16000 of a network that listens). Default none.</summary>
    public IReadOnlyDictionary<string, long> Values { get; init; } = new Dictionary<string, long>();

    /// <summary>Lengths that the file leaves open, by the names it gives them ("sequence" = 128). Default none.</summary>
    public IReadOnlyDictionary<string, int> Lengths { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether images enter and leave a model that can run as (batch, height, width, channels), as this library's data has them;
    /// else as the file has them, (batch, channels, height, width). Default false.</summary>
    public bool ChannelsLast { get; init; }
}
