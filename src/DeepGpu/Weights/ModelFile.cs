using System.Globalization;
using System.IO.Compression;
using System.Text;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Models in files: this library's own (a zip archive of config.json and weights.safetensors), Keras's <c>.keras</c>, <c>.h5</c> and <c>.weights.h5</c>.</summary>
public static class ModelFile
{
    /// <summary>The version of Keras whose layout is written.</summary>
    private const string KerasVersion = "3.16.0";

    /// <summary>Reads the description in a model file, and checks that its weights fit. Needs no native library.</summary>
    /// <param name="path">A file of <see cref="Model.Save"/> or Keras.</param>
    /// <exception cref="ModelFormatException">The file is damaged or of another kind, or names a class this library does not know.</exception>
    public static ModelSpec ReadSpec(string path)
    {
        using var stored = StoredModel.Open(path);
        return stored.Spec;
    }

    internal static Model Load(string path, Device device)
    {
        using var stored = StoredModel.Open(path);
        return stored.ToModel(device);
    }

    /// <summary>Writes a model in the format its file name asks for.</summary>
    internal static void Save(Model model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Action<Model, Stream> write = path switch
        {
            _ when Ends(path, ".keras") => WriteKeras,
            _ when Ends(path, ".weights.h5") => (m, stream) => KerasWeights.Write(stream, Variables(m)),
            _ when Ends(path, ".h5") || Ends(path, ".hdf5") => WriteLegacy,
            _ when Ends(path, ".safetensors") => WriteSafetensors,
            _ => WriteOwn,
        };
        AtomicFile.Write(path, stream => write(model, stream));
    }

    private static bool Ends(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static void WriteOwn(Model model, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var config = archive.CreateEntry("config.json").Open()) config.Write(Encoding.UTF8.GetBytes(model.Spec.ToJson()));
        using var weights = archive.CreateEntry(WeightArchive.WeightsName, CompressionLevel.NoCompression).Open();
        WriteSafetensors(model, weights);
    }

    private static void WriteSafetensors(Model model, Stream stream)
        => SafetensorsWriter.Write(stream, [.. model.Weights.Select(weight => KeyValuePair.Create(weight.Name, weight.ToArray()))]);

    private static void WriteKeras(Model model, Stream stream)
    {
        var saved = DateTime.Now.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture);
        KerasArchive.Write(stream, model.Spec.ToJson(), $$"""{"keras_version": "{{KerasVersion}}", "date_saved": "{{saved}}"}""", Variables(model));
    }

    private static List<KerasVariables<NDArray>> Variables(Model model)
    {
        var values = model.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        return [.. KerasWeightLayout.Objects(model.Spec).Select(item => new KerasVariables<NDArray>(item.Path, item.Name, [.. item.Weights.Select(weight => values[weight.Name].ToArray())]))];
    }

    private static void WriteLegacy(Model model, Stream stream)
    {
        var values = model.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        var layers = KerasLegacyLayout.Layers(model.Spec).Select(layer => new KerasLegacyLayer<NDArray>(layer.Name, [.. layer.Weights.Select(weight => KeyValuePair.Create($"{model.Spec.Name}/{weight.Name}", values[weight.Name].ToArray()))]));
        KerasLegacy.Write(stream, new() { ModelConfig = model.Spec.ToJson(), KerasVersion = KerasVersion, Backend = "tensorflow", Layers = [.. layers] });
    }
}
