using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Weights;

namespace DeepGpu;

/// <summary>Models in files: this library's own (a zip archive of config.json and weights.safetensors), Keras's <c>.keras</c>,
/// <c>.h5</c> and <c>.weights.h5</c>.</summary>
public static class ModelFile
{
    /// <summary>Reads the description in a model file, and checks that its weights fit. Needs no native library.</summary>
    /// <param name="path">A file of <see cref="Model.Save(string, CancellationToken)"/> or Keras.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <exception cref="ModelFormatException">The file is damaged or of another kind, or names a class that neither this
    /// library nor an extension has.</exception>
    public static ModelSpec ReadSpec(string path, Extensions? extensions = null)
    {
        using var stored = StoredModel.Open(path, extensions ?? Extensions.None);
        return stored.Spec;
    }

    /// <summary>Reads the description in an open file, and checks that its weights fit. Needs no native library.</summary>
    /// <param name="file">A file of <see cref="WeightFile.Open(string)"/>; it stays open.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <exception cref="ModelFormatException">The file holds no description, or one that names a class that neither this library nor an
    /// extension has.</exception>
    public static ModelSpec ReadSpec(TensorFile file, Extensions? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return StoredModel.Read(file, extensions ?? Extensions.None).Spec;
    }

    /// <summary>Writes a file in the format another file name asks for. Needs no native library.</summary>
    /// <remarks>A whole model becomes whatever <see cref="Model.Save(string, CancellationToken)"/> writes.
    /// Weights alone become .safetensors, .npz or .pth, with the names they have: no layout is changed.</remarks>
    /// <param name="from">A model file, or a file of weights in any format this library reads.</param>
    /// <param name="to">The file to write.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    /// <returns>The description of the model; null for weights alone.</returns>
    /// <exception cref="DeepGpuArgumentException">Weights alone do not make a file of that kind.</exception>
    public static ModelSpec? Convert(string from, string to, Extensions? extensions = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        using var file = WeightFile.Open(from);
        if (WeightFile.DescriptionOf(file) is not null)
        {
            using var stored = StoredModel.Of(file, extensions ?? Extensions.None);
            ModelWriting.Save(stored.Content, to);
            return stored.Spec;
        }

        WeightFile.Write(to, () => [.. file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))]);
        return null;
    }

    /// <summary>Compares a file of weights in Keras's layout with the model it is meant for: every name, shape and element type.
    /// Needs no native library; nothing is loaded.</summary>
    /// <param name="path">Weights with Keras's or this library's names: .keras, .h5, .weights.h5, .npz, tfjs, safetensors.</param>
    /// <param name="spec">The model.</param>
    /// <param name="loading">What file and model may lack of each other. Default nothing.</param>
    /// <returns>What would become of every weight and tensor.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    /// <exception cref="WeightMismatchException">File and model do not belong together.</exception>
    public static WeightReport CheckWeights(string path, ModelSpec spec, WeightLoading loading = WeightLoading.Strict)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(spec);
        using var file = WeightFile.Open(path);
        return WeightPlan.Of(file, spec, WeightMap.Default).Demand(loading, path).Report;
    }

    /// <summary>Whether a file holds a description beside its weights.</summary>
    internal static bool IsModel(string path)
    {
        using var file = WeightFile.Open(path);
        return WeightFile.DescriptionOf(file) is not null;
    }

    internal static Model Load(string path, Device device, Extensions extensions, Action<Model, StoredTraining> resume,
        CancellationToken cancellation)
    {
        using var stored = StoredModel.Open(path, extensions);
        return stored.ToModel(device, resume, cancellation);
    }
}
