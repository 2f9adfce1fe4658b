namespace DeepGpu.Formats.Bytes;

/// <summary>What a file really is, from its first bytes.</summary>
internal static class FileStart
{
    private const int Length = 265;
    private const int TarMagic = 257;

    public enum Kind
    {
        Empty,
        Zip,
        Pickle,
        TextPickle,
        Tar,
        Hdf5,
        Npy,
        Safetensors,
        Json,
        GitLfs,
        WebPage,
        Gzip,
        Image,
        Idx,
        Gguf,
        Other,
    }

    public static Kind Of(ByteSource source)
    {
        var start = source.ReadBytes(0, (int)Math.Min(Length, source.Length)).AsSpan();
        return start switch
        {
            [] => Kind.Empty,
            [_, _, _, _, _, _, 0, 0, (byte)'{', ..] => Kind.Safetensors,
            [(byte)'P', (byte)'K', 1 or 3 or 5 or 6, ..] => Kind.Zip,
            [0x80, ..] => Kind.Pickle,
            [0x1f, 0x8b, ..] => Kind.Gzip,
            _ when start.Length > TarMagic && start[TarMagic..].StartsWith("ustar"u8) => Kind.Tar,
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => Kind.Hdf5,
            [0x93, (byte)'N', (byte)'U', (byte)'M', ..] => Kind.Npy,
            _ when start.StartsWith("version https://git-lfs"u8) => Kind.GitLfs,
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xff, 0xd8, 0xff, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
                or [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..] => Kind.Image,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Kind.Image,
            _ when IsIdx(start) => Kind.Idx,
            _ when start.StartsWith("GGUF"u8) => Kind.Gguf,
            [(byte)'<', ..] => Kind.WebPage,
            [(byte)'c' or (byte)'(', ..] when EndsWithStop(source) => Kind.TextPickle,
            _ when start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] => Kind.Json,
            _ => Kind.Other,
        };
    }

    /// <summary>Whether bytes start as idx: two zeros, a known element type, the number of axes.</summary>
    public static bool IsIdx(ReadOnlySpan<byte> start)
        => start is [0, 0, 0x08 or 0x09 or 0x0b or 0x0c or 0x0d or 0x0e, > 0 and <= 8, ..];

    /// <summary>The refusal of a file that is something else than its reader reads, saying what it is.</summary>
    public static ModelFormatException Unexpected(ByteSource source, Kind kind, string wanted, Refusals refusals)
    {
        var (code, what, help) = kind switch
        {
            Kind.Empty => ("empty_file", "is empty", "Download or write it again."),
            Kind.Tar => ("tar_container", "is a tar archive, as torch wrote before 2017 or a download was packed",
                "Unpack it, or load it in an old PyTorch and save the state dict again."),
            Kind.TextPickle => ("forbidden_opcode", "is a text pickle (protocol 0), which torch.save never writes",
                "Save the state dict again with torch.save."),
            Kind.Hdf5 => ("unsupported_format", "is an HDF5 file", "Open it as a Keras .h5 file."),
            Kind.Safetensors => ("unsupported_format", "is a safetensors file", "Open it as one."),
            Kind.GitLfs => ("unsupported_format", "is a Git LFS pointer", "Fetch the real file with git lfs pull."),
            Kind.WebPage => ("unsupported_format", "is a web page", "The download link leads to a page, not to the file."),
            Kind.Zip => ("unsupported_format", "is a zip archive", "Open it as a .pth, .keras or .npz file."),
            Kind.Pickle => ("unsupported_format", "is a Python pickle", "Open it as a .pth file."),
            Kind.Npy => ("unsupported_format", "is a NumPy array", "Open it as a .npy file."),
            Kind.Gzip => ("unsupported_format", "is gzip-compressed", "Unpack it first."),
            Kind.Image => ("unsupported_format", "is an image", "Read it with ImageFile."),
            Kind.Gguf => ("unsupported_format", "is a GGUF file of llama.cpp",
                "Load the safetensors files that the model was published with; forecasts know the GGUF kinds by name."),
            Kind.Idx => ("unsupported_format", "is an idx array", "Read it with IdxFile."),
            Kind.Json => ("unsupported_format", "is JSON of another kind",
                "A description alone is read with ModelSpec.FromJson; its weights are in another file."),
            _ => ("unsupported_format", "has other bytes", "Check where the file came from."),
        };
        return refusals.Because(code, $"The file must be {wanted},", $"but {what}.", offset: source.Length == 0 ? null : 0, help: help);
    }

    private static bool EndsWithStop(ByteSource source) => source.ReadBytes(source.Length - 1, 1)[0] == '.';
}
