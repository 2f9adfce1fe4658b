using System.Security.Cryptography;

namespace DeepGpu;

/// <summary>The hash a file must have, as its publisher states it.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Hex">The hash in lower-case hexadecimal, or its first digits.</param>
internal readonly record struct PublishedHash(HashAlgorithmName Algorithm, string Hex)
{
    public static PublishedHash Md5(string hex) => new(HashAlgorithmName.MD5, hex);

    public string Of(string path)
    {
        using var stream = RegularFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(CryptographicOperations.HashData(Algorithm, stream))[..Hex.Length];
    }
}
