namespace DeepGpu.Hardware;

public sealed partial record GpuSpec
{
    /// <summary>What the card's engines encode (NVENC); empty where it has none, null where no source says.</summary>
    public IReadOnlyList<VideoCodec>? VideoEncoding { get; init; }

    /// <summary>What the card's engines decode (NVDEC); empty where it has none, null where no source says.</summary>
    public IReadOnlyList<VideoCodec>? VideoDecoding { get; init; }
}
