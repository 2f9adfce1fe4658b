using System.Globalization;
using System.IO.Compression;
using System.Text;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Models in files: this library's own (a zip archive of config.json and weights.safetensors), Keras's <c>.keras</c>,
/// <c>.h5</c> and <c>.weights.h5</c>.</summary>
public static class ModelFile
{
    /// <summary>The version of Keras whose layout is written.</summary>
    private const string KerasVersion = "3.16.0";

    /// <summary>Reads the description in a model file, and checks that its weights fit. Needs no native library.</summary>
    /// <param name="path">A file of <see cref="Model.Save"/> or Keras.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <exception cref="ModelFormatException">The file is damaged or of another kind, or names a class that neither this
    /// library nor an extension has.</exception>
    public static ModelSpec ReadSpec(string path, Extensions? extensions = null)
    {
        using var stored = StoredModel.Open(path, extensions ?? Extensions.None);
        return stored.Spec;
    }

    /// <summary>Writes a file in the format another file name asks for. Needs no native library.</summary>
    /// <remarks>A whole model becomes whatever <see cref="Model.Save"/> writes.
    /// Weights alone become .safetensors, .npz or .pth, with the names they have: no layout is changed.</remarks>
    /// <param name="from">A model file, or a file of weights in any format this library reads.</param>
    /// <param name="to">The file to write.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <exception cref="ModelFormatException">The file is damaged, hostile or of another kind.</exception>
    /// <exception cref="DeepGpuArgumentException">Weights alone do not make a file of that kind.</exception>
    public static void Convert(string from, string to, Extensions? extensions = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        if (!IsModel(from)) ConvertWeights(from, to);
        else using (var stored = StoredModel.Open(from, extensions ?? Extensions.None)) Save(stored.Content, to);
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
        using var archive = WeightArchive.Open(path);
        return WeightPlan.Of(archive.Tensors, spec, WeightMap.Default).Demand(loading, path).Report;
    }

    /// <summary>Whether a file holds a description beside its weights.</summary>
    internal static bool IsModel(string path) => WeightFile.FormatOf(path) switch
    {
        "keras" => true,
        "h5" => HasConfig(path),
        "tfjs" => HasTopology(path),
        _ => false,
    };

    internal static Model Load(string path, Device device, Extensions extensions, Action<Model, StoredTraining> resume)
    {
        using var stored = StoredModel.Open(path, extensions);
        return stored.ToModel(device, resume);
    }

    /// <summary>Writes a model in the format its file name asks for.</summary>
    internal static void Save(ModelContent model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var write = WriterOf(path);
        AtomicFile.Write(path, stream => write(model, stream));
    }

    /// <summary>Refuses a name whose ending no format has.</summary>
    /// <exception cref="DeepGpuArgumentException">It has another ending.</exception>
    internal static void CheckEnding(string path) => WriterOf(path);

    private static Action<ModelContent, Stream> WriterOf(string path)
        => path switch
        {
            _ when Ends(path, ".keras") => WriteKeras,
            _ when Ends(path, ".weights.h5") => (m, stream) => KerasWeights.Write(stream, Variables(m)),
            _ when Ends(path, ".h5") || Ends(path, ".hdf5") => WriteLegacy,
            _ when Ends(path, ".safetensors") => WriteSafetensors,
            _ when Ends(path, ".deepgpu") || Ends(path, ".dgpu") || Path.GetExtension(path).Length == 0 => WriteOwn,
            _ => throw Require.OutOfRange(nameof(Model.Save), nameof(path),
                "a name that ends in .keras, .h5, .hdf5, .weights.h5, .safetensors, .dgpu or .deepgpu", Path.GetFileName(path)),
        };

    /// <summary>Puts a description and its weights into an archive of this library's own form.</summary>
    internal static void AddModel(ZipArchive archive, string description, IReadOnlyList<KeyValuePair<string, NDArray>> weights)
    {
        AddText(archive, StoredModel.ConfigName, description);
        AddArrays(archive, WeightArchive.WeightsName, weights);
    }

    /// <summary>Puts a text into an archive.</summary>
    internal static void AddText(ZipArchive archive, string name, string text)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Puts arrays into an archive, uncompressed.</summary>
    internal static void AddArrays(ZipArchive archive, string name, IReadOnlyList<KeyValuePair<string, NDArray>> arrays)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        SafetensorsWriter.Write(entry, arrays);
    }

    private static bool HasTopology(string path)
    {
        using var file = TfjsFile.Open(path);
        return file.Topology?.Contains("\"class_name\"", StringComparison.Ordinal) ?? false;
    }

    private static bool HasConfig(string path)
    {
        using var file = H5File.Open(path);
        return KerasLegacy.Is(file) && KerasLegacy.Read(file).ModelConfig is not null;
    }

    private static void ConvertWeights(string from, string to)
    {
        Action<Stream, IReadOnlyList<KeyValuePair<string, NDArray>>> write = to switch
        {
            _ when Ends(to, ".safetensors") => (stream, tensors) => SafetensorsWriter.Write(stream, tensors),
            _ when Ends(to, ".npz") => NpzFile.Write,
            _ when Ends(to, ".pth") || Ends(to, ".pt") => PthWriter.Write,
            _ => throw Require.OutOfRange(nameof(Convert), nameof(to),
                "a .safetensors, .npz or .pth file, for the other file holds weights without a model", Path.GetFileName(to)),
        };
        using var file = WeightFile.Open(from);
        AtomicFile.Write(to,
            stream => write(stream, [.. file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))]));
    }

    private static bool Ends(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static void WriteOwn(ModelContent model, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        AddModel(archive, StoredTraining.AddTo(model.Spec.ToJson(model.Extensions), model.Training), Weights(model));
        if (model.Training is { } training)
            AddArrays(archive, StoredModel.OptimizerName, [.. training.Variables.Select((variable, i) =>
                KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), variable.Value))]);
    }

    private static void WriteSafetensors(ModelContent model, Stream stream) => SafetensorsWriter.Write(stream, Weights(model));

    private static KeyValuePair<string, NDArray>[] Weights(ModelContent model)
        => [.. WeightTarget.Of(model.Spec).Select(weight => KeyValuePair.Create(weight.Name, model.Values(weight.Name)))];

    private static void WriteKeras(ModelContent content, Stream stream)
    {
        var model = HardSigmoidFolding.Folded(content);
        var saved = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture);
        var optimizer = model.Training is { Variables.Count: > 0 } training
            ? new KerasVariables<NDArray>(StoredModel.OptimizerGroup, training.Variables[0].Key.Split('/')[0],
                [.. training.Variables.Select(variable => variable.Value)])
            : null;
        KerasArchive.Write(stream, StoredTraining.AddTo(model.Spec.ToJson(model.Extensions), model.Training),
            $$"""{"keras_version": "{{KerasVersion}}", "date_saved": "{{saved}}"}""",
            [.. Variables(model), .. optimizer is null ? Array.Empty<KerasVariables<NDArray>>() : [optimizer]]);
    }

    private static List<KerasVariables<NDArray>> Variables(ModelContent model)
    {
        var values = LoraMerging.Of(model.Spec, model.Values);
        NDArray[] Values(KerasWeightLayout.KerasObject item) => [.. item.Weights.Select(weight => values(weight.Name))];
        return [.. KerasWeightLayout.Objects(model.Spec).Select(item
            => new KerasVariables<NDArray>(item.Path, item.Name, [.. Values(item)]))];
    }

    private static void WriteLegacy(ModelContent content, Stream stream)
    {
        var model = HardSigmoidFolding.Folded(content);
        var layers = KerasLegacyLayout.Layers(model.Spec).Select(layer => new KerasLegacyLayer<NDArray>(layer.Name,
            [.. layer.Weights.Select(weight => KeyValuePair.Create($"{model.Spec.Name}/{weight.Name}", model.Values(weight.Name)))]));
        KerasLegacy.Write(stream, new()
        {
            ModelConfig = model.Spec.ToJson(model.Extensions),
            TrainingConfig = model.Training?.ToLegacy(),
            KerasVersion = KerasVersion,
            Backend = "tensorflow",
            Layers = [.. layers],
            OptimizerWeights = [.. model.Training?.Variables ?? []],
        });
    }
}
