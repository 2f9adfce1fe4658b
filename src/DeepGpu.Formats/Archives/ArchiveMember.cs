namespace DeepGpu.Formats;

/// <summary>What is put into an archive under a name: a text, or arrays as a safetensors file.</summary>
/// <param name="Name">The member's name.</param>
internal sealed record ArchiveMember(string Name)
{
    /// <summary>The text; null for arrays.</summary>
    public string? Text { get; init; }

    /// <summary>The arrays by name, stored uncompressed. Default none.</summary>
    public IReadOnlyList<KeyValuePair<string, NDArray>> Arrays { get; init; } = [];
}
