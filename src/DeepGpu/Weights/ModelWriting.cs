using System.Collections.Immutable;
using System.Globalization;
using DeepGpu.Export;
using DeepGpu.Formats;
using DeepGpu.Formats.Archives;

namespace DeepGpu.Weights;

/// <summary>A format that models are written in.</summary>
/// <param name="Endings">What names of its files end in; "" for a name without an ending.</param>
/// <param name="Write">Writes a model to a stream that seeks.</param>
internal sealed record WrittenFormat(ImmutableArray<string> Endings, Action<ModelContent, Stream> Write)
{
    /// <summary>Whether a file name asks for it.</summary>
    public bool Is(string path) => Endings.Any(ending
        => ending.Length == 0 ? Path.GetExtension(path).Length == 0 : path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Writes models in the format that a file name asks for.</summary>
internal static class ModelWriting
{
    /// <summary>The version of Keras whose layout is written.</summary>
    private const string KerasVersion = "3.16.0";

    private const string OptimizerGroup = "optimizer";

    /// <summary>The formats; the first that a name fits is taken.</summary>
    private static readonly ImmutableArray<WrittenFormat> Formats =
    [
        new([".keras"], WriteKeras),
        new([".weights.h5"], (model, stream) => KerasWeights.Write(stream, Variables(model))),
        new([".h5", ".hdf5"], WriteLegacy),
        new([".safetensors"], (model, stream) => SafetensorsWriter.Write(stream, Weights(model))),
        new([".onnx"], (model, stream) => OnnxExport.Write(model.Spec, model.Values, model.Onnx, stream)),
        new([".dgpu", ".deepgpu", ""], WriteOwn),
    ];

    /// <summary>Writes a model.</summary>
    /// <exception cref="DeepGpuArgumentException">The name has an ending of no format.</exception>
    public static void Save(ModelContent model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var format = FormatOf(path);
        AtomicFile.Write(path, stream => format.Write(model, stream));
    }

    /// <summary>Refuses a name whose ending no format has.</summary>
    /// <exception cref="DeepGpuArgumentException">It has another ending.</exception>
    public static void CheckEnding(string path) => FormatOf(path);

    private static WrittenFormat FormatOf(string path) => Formats.FirstOrDefault(format => format.Is(path))
        ?? throw Require.OutOfRange(nameof(Model.Save), nameof(path),
            $"a name that ends in {string.Join(", ", Formats.SelectMany(format => format.Endings).Where(ending => ending.Length > 0))}",
            Path.GetFileName(path));

    private static void WriteOwn(ModelContent model, Stream stream)
    {
        var description = StoredTraining.AddTo(model.Spec.ToJson(model.Extensions), model.Training);
        List<ArchiveMember> members =
        [
            new(ModelArchive.ConfigName) { Text = description },
            new(ModelArchive.WeightsName) { Arrays = Weights(model) },
        ];
        if (model.Training is { } training)
            members.Add(new(ModelArchive.OptimizerName)
            {
                Arrays = [.. training.Variables.Select((variable, i)
                    => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), variable.Value))]
            });
        ModelArchive.Write(stream, members);
    }

    private static KeyValuePair<string, NDArray>[] Weights(ModelContent model)
        => [.. WeightTarget.Of(model.Spec).Select(weight => KeyValuePair.Create(weight.Name, model.Values(weight.Name)))];

    private static void WriteKeras(ModelContent content, Stream stream)
    {
        var model = HardSigmoidFolding.Folded(content);
        var saved = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture);
        var optimizer = model.Training is { Variables.Count: > 0 } training
            ? new KerasVariables<NDArray>(OptimizerGroup, training.Variables[0].Key.Split('/')[0],
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
