namespace DeepGpu.Models;

/// <summary>A published file with an application's trained weights, and what its publisher says about it.</summary>
/// <param name="Source">Where it is downloaded from.</param>
/// <param name="Hash">The hash its publisher states, in lower-case hexadecimal.</param>
/// <param name="HashKind">What kind of hash that is.</param>
/// <param name="HashSource">Where the hash is stated.</param>
/// <param name="License">The licence its publisher states for the code and files it belongs to;
/// the training photos have terms of their own.</param>
/// <param name="Preprocessing">What photos must become before they enter the network.</param>
public sealed record PublishedWeights(Uri Source, string Hash, PublishedHashKind HashKind, Uri HashSource, string License,
    ImagePreprocessing Preprocessing)
{
    /// <summary>The publisher's share of ImageNet's validation photos named right at first guess, in percent;
    /// null where none is stated, or was confirmed.</summary>
    public double? Top1 { get; init; }

    /// <summary>The publisher's size of the file in its megabytes, rounded; null where none is stated, or was confirmed.</summary>
    public double? Megabytes { get; init; }

    /// <summary>Whether the classifier is in the file.</summary>
    public bool HasTop { get; init; } = true;

    /// <summary>The file's name.</summary>
    public string FileName => Path.GetFileName(Source.LocalPath);
}

/// <summary>What a published hash is computed with.</summary>
public enum PublishedHashKind
{
    /// <summary>MD5 of the file, as Keras states it: finds damage, not malice.</summary>
    Md5,

    /// <summary>SHA-256 of the file.</summary>
    Sha256,

    /// <summary>The first digits of the SHA-256, as torch puts them into the file's name.</summary>
    Sha256Prefix,
}
