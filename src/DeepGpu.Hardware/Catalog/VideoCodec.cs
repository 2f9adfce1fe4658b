namespace DeepGpu.Hardware;

/// <summary>A format of video that a card's own engines encode or decode.</summary>
public enum VideoCodec
{
    /// <summary>H.264 (AVC).</summary>
    H264,

    /// <summary>H.265 (HEVC), main profile.</summary>
    Hevc,

    /// <summary>VP9, profile 0.</summary>
    Vp9,

    /// <summary>AV1, main profile.</summary>
    Av1,
}
