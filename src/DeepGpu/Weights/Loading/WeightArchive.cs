using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>An open weight file of any format, this library's own model files included.</summary>
/// <param name="tensors">The tensors.</param>
/// <param name="container">What holds them; null for the file itself.</param>
internal sealed class WeightArchive(TensorFile tensors, IDisposable? container) : IDisposable
{
    /// <summary>The member of a model file of this library that holds the weights.</summary>
    public const string WeightsName = "weights.safetensors";

    /// <summary>The tensors.</summary>
    public TensorFile Tensors => tensors;

    /// <summary>Opens a file, told by its bytes.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    public static WeightArchive Open(string path)
        => WeightFile.FormatOf(path) == "keras" ? OpenZip(path) : new(WeightFile.Open(path), null);

    public void Dispose()
    {
        tensors.Dispose();
        container?.Dispose();
    }

    private static WeightArchive OpenZip(string path)
    {
        var zip = ZipContainer.Open(path);
        try
        {
            if (zip.Find(WeightsName) is { } member) return new(SafetensorsFile.Open(zip, member), zip);
            zip.Dispose();
            return new(WeightFile.Open(path), null);
        }
        catch (ModelFormatException e)
        {
            zip.Dispose();
            throw e.InFile(path);
        }
    }
}
