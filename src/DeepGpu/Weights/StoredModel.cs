using System.Text;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>An open model file: its description, and the tensor that each weight takes.
/// Everything is checked before anything is made of it.</summary>
internal sealed class StoredModel : IDisposable
{
    internal const string ConfigName = "config.json";
    internal const string OptimizerName = "optimizer.safetensors";
    internal const string OptimizerGroup = "optimizer";
    private const int MaxConfig = 64 << 20;

    private readonly TensorFile _file;
    private readonly IReadOnlyList<IDisposable> _owned;

    private StoredModel(ModelSpec spec, TensorFile file, Extensions extensions, params IReadOnlyList<IDisposable> owned)
    {
        (Spec, _file, _owned, Extensions) = (spec, file, owned, extensions);
        Plan = WeightPlan.Of(file, spec, WeightMap.Default).Demand(WeightLoading.AllowUnused, file.Path);
    }

    /// <summary>The model's description.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The classes beside the library's.</summary>
    public Extensions Extensions { get; }

    /// <summary>The tensors that the weights take.</summary>
    public WeightPlan Plan { get; }

    /// <summary>What the model was compiled with, and the optimizer's state; null if the file has none.</summary>
    public StoredTraining? Training => ReadTraining();

    private Func<StoredTraining?> ReadTraining { get; init; } = () => null;

    /// <summary>Opens a model file of this library, a <c>.keras</c> archive or a legacy <c>.h5</c> file, told by its bytes.</summary>
    /// <exception cref="ModelFormatException">The file is none of them, is damaged, or its weights do not fit its description.</exception>
    public static StoredModel Open(string path, Extensions extensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return WeightFile.FormatOf(path) switch
            {
                "keras" => OpenZip(path, extensions),
                "h5" => OpenLegacy(path, extensions),
                "tfjs" => OpenTfjs(path, extensions),
                var other => throw Refuse("not_a_model", "A model file holds a description and weights,",
                    $"but this is a file of kind '{other}'.", "Build the model, then call LoadWeights with the file."),
            };
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }

    /// <summary>The description and the weights' values.</summary>
    public ModelContent Content
    {
        get
        {
            var byName = Plan.Matches.ToDictionary(match => match.Target.Name, match => match.Sources[0], StringComparer.Ordinal);
            var started = Plan.Started.ToDictionary(target => target.Name, StringComparer.Ordinal);
            return new(Spec, name
                => started.TryGetValue(name, out var target) ? AdaptedValues.Start(name, target.Spec) : byName[name].Read(_file), Training)
            {
                Extensions = Extensions
            };
        }
    }

    /// <summary>Makes the model, with the file's weights.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="resume">Takes over what the model was compiled with.</param>
    public Model ToModel(Device device, Action<Model, StoredTraining> resume)
    {
        var model = Spec.ToEmptyModel(device, Extensions);
        try
        {
            Plan.Fill(model.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal), _file);
            if (Training is { } training) resume(model, training);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        foreach (var owned in _owned) owned.Dispose();
    }

    private static StoredModel OpenZip(string path, Extensions extensions)
    {
        var zip = ZipContainer.Open(path);
        try
        {
            if (zip.Find(WeightArchive.WeightsName) is not { } weights) return OpenKeras(zip, path, extensions);
            var config = zip.Find(ConfigName) ?? throw Refuse("missing_entry", $"A model file must hold {ConfigName},", "but does not.",
                "Write the file again with Model.Save.");
            var description = Encoding.UTF8.GetString(zip.ReadBytes(config, MaxConfig));
            var spec = ModelSpec.FromJson(description, extensions: extensions);
            var file = SafetensorsFile.Open(zip, weights);
            return new(spec, file, extensions, zip) { ReadTraining = () => StoredTraining.Of(description, () => OwnVariables(zip)) };
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static StoredModel OpenKeras(ZipContainer zip, string path, Extensions extensions)
    {
        zip.Dispose();
        return Checked(KerasArchive.Open(path), archive => archive.Weights is H5File file
            ? new(ModelSpec.FromJson(archive.Config, extensions: extensions), file, extensions, archive)
            {
                ReadTraining = () => StoredTraining.Of(archive.Config, () => Variables(file))
            }
            : throw Refuse("npz_weights", "A .keras archive must hold its weights as model.weights.h5,", "but holds model.weights.npz.",
                "Save the model again with h5py installed."));
    }

    private static StoredModel OpenLegacy(string path, Extensions extensions) => Checked(H5File.Open(path), file =>
    {
        var stored = KerasLegacy.Is(file) ? KerasLegacy.Read(file) : throw WeightsOnly();
        return new(ModelSpec.FromJson(stored.ModelConfig ?? throw WeightsOnly(), extensions: extensions), file, extensions)
        {
            ReadTraining = () => StoredTraining.OfLegacy(stored.TrainingConfig, stored.KerasVersion,
                () => [.. stored.OptimizerWeights.Select(weight => KeyValuePair.Create(weight.Key, file.Read(weight.Value)))])
        };
    });

    /// <summary>A layers model of TensorFlow.js: the description of Keras in its manifest. A graph model has none.</summary>
    private static StoredModel OpenTfjs(string path, Extensions extensions) => Checked(TfjsFile.Open(path), file =>
    {
        var topology = file.Topology is { } text ? JsonNode.Parse(text) : null;
        var description = topology?["model_config"] ?? topology;
        return description?["class_name"] is null
            ? throw Refuse("not_a_model", "A model of TensorFlow.js can be run where its topology is a description of Keras layers,",
                topology is null ? "but this file holds weights alone." : "but this is a graph of TensorFlow operations.",
                "Convert the Keras model with tensorflowjs_converter --input_format keras, or describe the model and call LoadWeights.")
            : new(ModelSpec.FromJson(description.ToJsonString(), extensions: extensions), file, extensions);
    });

    private static List<KeyValuePair<string, NDArray>> OwnVariables(ZipContainer zip)
    {
        if (zip.Find(OptimizerName) is not { } member) return [];
        using var file = SafetensorsFile.Open(zip, member);
        return [.. file.Tensors.OrderBy(tensor => tensor.Name.Length).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)
            .Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))];
    }

    private static List<KeyValuePair<string, NDArray>> Variables(H5File file)
    {
        var optimizer = KerasWeights.Read(file).FirstOrDefault(item => item.Path == OptimizerGroup);
        return [.. (optimizer?.Values ?? []).Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))];
    }

    private static ModelFormatException WeightsOnly()
        => Refuse("weights_only", "A model file holds a description and weights,", "but this one holds only weights.",
            "Build the model, then call LoadWeights with the file.");

    /// <summary>Closes what was opened if it is refused.</summary>
    private static StoredModel Checked<T>(T opened, Func<T, StoredModel> read)
        where T : IDisposable
    {
        try
        {
            return read(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static ModelFormatException Refuse(string code, string rule, string received, string remedy)
        => new(new(code, rule, received, remedy));
}
