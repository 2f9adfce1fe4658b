namespace DeepGpu.Models;

/// <summary>Which of several places an unknown number of <see cref="IntegerLookup"/> takes.</summary>
public enum OovMethod
{
    /// <summary>The number modulo the places.</summary>
    Floormod,

    /// <summary>The hash of its decimal text, FarmHash64 or with a salt SipHash64, modulo the places.</summary>
    Farmhash,
}
