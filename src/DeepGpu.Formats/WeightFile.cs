namespace DeepGpu.Formats;

/// <summary>Opens any weight file this library reads. The reader is chosen by what the file is, not by what it is called.</summary>
public static class WeightFile
{
    private static readonly Refusals Refusals = new("Check where the file came from.");

    /// <summary>Opens safetensors and its index, PyTorch, HDF5, .keras (its weights), .npy, .npz and tfjs files.</summary>
    /// <exception cref="ModelFormatException">The file is none of these, or breaks a rule of its format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TensorFile Open(string path) => FormatOf(path) switch
    {
        "safetensors" => SafetensorsFile.Open(path),
        "safetensors-index" => SafetensorsIndex.Open(path),
        "tfjs" => TfjsFile.Open(path),
        "pth" => PthFile.Open(path),
        "keras" => KerasArchive.Open(path).Weights,
        "npz" => NpzFile.Open(path),
        "npy" => NpyFile.Open(path),
        _ => H5File.Open(path),
    };

    /// <summary>The name of a file's format: "safetensors", "safetensors-index", "tfjs", "pth", "keras", "npz", "npy" or "h5".</summary>
    /// <exception cref="ModelFormatException">It is none of these.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static string FormatOf(string path) => ByteSource.Use(path, Kind);

    private static string Kind(ByteSource source) => FileStart.Of(source) switch
    {
        FileStart.Kind.Safetensors => "safetensors",
        FileStart.Kind.Json => KindOfJson(source),
        FileStart.Kind.Zip => KindOfZip(source),
        FileStart.Kind.Pickle => "pth",
        FileStart.Kind.Npy => "npy",
        FileStart.Kind.Hdf5 => "h5",
        var other => throw FileStart.Unexpected(source, other, "a weight file", Refusals),
    };

    private static string KindOfJson(ByteSource source)
    {
        const int Sample = 1 << 16;
        const int Tail = 1 << 12;
        var start = source.ReadBytes(0, (int)Math.Min(Sample, source.Length));
        var end = source.ReadBytes(Math.Max(0, source.Length - Tail), (int)Math.Min(Tail, source.Length));
        return start.AsSpan().IndexOf("\"weight_map\""u8) >= 0 || end.AsSpan().IndexOf(".safetensors\""u8) >= 0
            ? "safetensors-index"
            : "tfjs";
    }

    private static string KindOfZip(ByteSource source)
    {
        var members = ZipContainer.Open(source).Members;
        if (members.Any(member => member.Name is "config.json" or "model.weights.h5")) return "keras";
        return members.Count > 0 && members.All(member => member.Name.EndsWith(".npy", StringComparison.Ordinal)) ? "npz" : "pth";
    }
}
