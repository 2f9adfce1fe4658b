using System.Collections.Immutable;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats;

/// <summary>Opens any weight file this library reads. The reader is chosen by what the file is, not by what it is called.</summary>
public static class WeightFile
{
    private static readonly Refusals Refusals = new("Check where the file came from.");

    /// <summary>Every format that is read, in the order in which they are tried.</summary>
    public static ImmutableArray<FileFormat> Formats { get; } = [.. WeightFormats.All.Select(row => row.Format)];

    /// <summary>Opens safetensors and its index, PyTorch, HDF5, .keras and this library's own archives (their weights), .npy, .npz and
    /// tfjs files.</summary>
    /// <exception cref="ModelFormatException">The file is none of these, or breaks a rule of its format.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TensorFile Open(string path) => ByteSource.Open(path, source =>
    {
        var content = new FileContent(source);
        return RowOf(content).Open(content);
    });

    /// <summary>Opens a file that must be of one format; another is refused by its reader.</summary>
    /// <inheritdoc cref="Open(string)" path="exception"/>
    public static TensorFile Open(string path, FileFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return ByteSource.Open(path, source => WeightFormats.Of(format).Open(new(source)));
    }

    /// <summary>A file's format.</summary>
    /// <exception cref="ModelFormatException">It is of none.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileFormat FormatOf(string path) => ByteSource.Use(path, source => RowOf(new(source)).Format);

    /// <summary>A file's format; null where it is of none.</summary>
    /// <exception cref="ModelFormatException">It is a damaged archive, or no regular file.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileFormat? FindFormat(string path) => ByteSource.Use(path, source => Find(new(source))?.Format);

    /// <summary>The description of a model that a file holds beside its weights; null where it holds weights alone.</summary>
    /// <param name="file">An open file.</param>
    /// <exception cref="ModelFormatException">The description's container is damaged.</exception>
    public static StoredDescription? DescriptionOf(TensorFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Beside ?? WeightFormats.Of(file.Format).Describe(file);
    }

    /// <summary>Writes tensors by name in the format that a file name's ending asks for: .safetensors, .npz, .pth or .pt.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">Gives the arrays by name, written in this order.</param>
    /// <exception cref="DeepGpuArgumentException">Weights alone do not make a file of that ending, or a name cannot be written.</exception>
    public static void Write(string path, Func<IReadOnlyList<KeyValuePair<string, NDArray>>> tensors)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var written = WeightFormats.All.Where(row => row.Write is not null).ToList();
        var row = written.FirstOrDefault(row => row.Format.Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            ?? throw Require.OutOfRange(nameof(Write), nameof(path),
                $"a name that ends in {string.Join(", ", written.SelectMany(row => row.Format.Endings))}, for weights without a model",
                Path.GetFileName(path));
        AtomicFile.Write(path, stream => row.Write!(stream, tensors()));
    }

    private static FormatRow? Find(FileContent content) => WeightFormats.All.FirstOrDefault(row => row.Has(content));

    private static FormatRow RowOf(FileContent content)
        => Find(content) ?? throw FileStart.Unexpected(content.Source, content.Kind, "a weight file", Refusals);
}
