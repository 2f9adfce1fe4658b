using DeepGpu.Formats.Archives;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats;

/// <summary>A format's row: how a file is known to be of it, opened, asked for its description, and written.</summary>
/// <param name="Format">The format.</param>
/// <param name="Has">Whether a file is of it, where it is of none before it in the table.</param>
/// <param name="Open">Opens a file; it closes what it was given, with itself or when it fails.</param>
internal sealed record FormatRow(FileFormat Format, Func<FileContent, bool> Has, Func<FileContent, TensorFile> Open)
{
    /// <summary>Finds the description in an open file; null where the format has none of its own.</summary>
    public Func<TensorFile, StoredDescription?> Describe { get; init; } = _ => null;

    /// <summary>Writes tensors by name to a stream that seeks; null where weights alone are not written so.</summary>
    public Action<Stream, IReadOnlyList<KeyValuePair<string, NDArray>>>? Write { get; init; }
}

/// <summary>Every format of weights, in the order in which they are tried.</summary>
internal static class WeightFormats
{
    public static IReadOnlyList<FormatRow> All { get; } =
    [
        new(SafetensorsFile.Declaration, file => file.Kind == FileStart.Kind.Safetensors, file => SafetensorsFile.Open(file.Source))
        {
            Write = (stream, tensors) => SafetensorsWriter.Write(stream, tensors),
        },
        new(SafetensorsIndex.Declaration, file => file.HasKey(SafetensorsIndex.WeightMap), file => SafetensorsIndex.Open(file.Source)),
        new(ModelArchive.Declaration, file => file.HasMember(ModelArchive.WeightsName), file => ModelArchive.Open(file.Zip)),
        new(KerasArchive.Declaration, file => file.HasMember(KerasArchive.ConfigName, KerasArchive.H5Name),
            file => KerasArchive.Open(file.Zip).Weights),
        new(NpzFile.Declaration, file => file.HasOnly(NpzFile.Extension), file => NpzFile.Open(file.Zip, [file.Source]))
        {
            Write = NpzFile.Write,
        },
        new(PthFile.Declaration, file => file.Kind is FileStart.Kind.Zip or FileStart.Kind.Pickle,
            file => file.Kind == FileStart.Kind.Zip ? PthFile.Open(file.Zip) : PthFile.Open(file.Source))
        {
            Write = PthWriter.Write,
        },
        new(H5File.Declaration, file => file.Kind == FileStart.Kind.Hdf5, file => H5File.Open(file.Source))
        {
            Describe = KerasLegacy.Describe,
        },
        new(NpyFile.Declaration, file => file.Kind == FileStart.Kind.Npy, file => NpyFile.Open(file.Source)),
        new(TfjsFile.Declaration, file => file.HasKey("weightsManifest", "modelTopology"), file => TfjsFile.Open(file.Source))
        {
            Describe = TfjsFile.Describe,
        },
    ];

    /// <summary>The row of a format.</summary>
    public static FormatRow Of(FileFormat format) => All.Single(row => row.Format == format);
}
