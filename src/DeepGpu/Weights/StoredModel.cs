using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>An open model file: its description, and the tensor that each weight takes.
/// Everything is checked before anything is made of it.</summary>
internal sealed class StoredModel : IDisposable
{
    private static readonly Fault NpzWeights = new(
        "npz_weights",
        "A .keras archive must hold its weights as model.weights.h5,",
        "but holds model.weights.npz.",
        "Save the model again with h5py installed.");

    private readonly TensorFile _file;
    private readonly StoredDescription _stored;

    private StoredModel(ModelSpec spec, TensorFile file, StoredDescription stored, Extensions extensions)
    {
        (Spec, _file, _stored, Extensions) = (spec, file, stored, extensions);
        Plan = WeightPlan.Of(file, spec, WeightMap.Default).Demand(WeightLoading.AllowUnused, file.Path);
    }

    /// <summary>The model's description.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The classes beside the library's.</summary>
    public Extensions Extensions { get; }

    /// <summary>The tensors that the weights take.</summary>
    public WeightPlan Plan { get; }

    /// <summary>What the model was compiled with, and the optimizer's state; null if the file has none.</summary>
    public StoredTraining? Training => StoredTraining.Of(_stored);

    /// <summary>Opens a model file of any format that holds a description, told by its bytes.</summary>
    /// <exception cref="ModelFormatException">The file is none of them, is damaged, or its weights do not fit its description.</exception>
    public static StoredModel Open(string path, Extensions extensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Of(WeightFile.Open(path), extensions);
    }

    /// <summary>The model in an open file, which it closes with itself, or if it is refused.</summary>
    /// <exception cref="ModelFormatException">The file holds no description, or its weights do not fit it.</exception>
    public static StoredModel Of(TensorFile file, Extensions extensions)
    {
        try
        {
            return Read(file, extensions);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The model in an open file, which stays open whatever comes of it.</summary>
    /// <inheritdoc cref="Of"/>
    public static StoredModel Read(TensorFile file, Extensions extensions)
    {
        try
        {
            var stored = WeightFile.DescriptionOf(file) ?? throw new ModelFormatException(file.Format.WithoutModel);
            if (file is NpzFile) throw new ModelFormatException(NpzWeights);
            return new(ModelSpec.FromJson(stored.Config, extensions: extensions), file, stored, extensions);
        }
        catch (ModelFormatException e) when (file.Path is { } path)
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
    /// <param name="cancellation">Ends it before the next weight.</param>
    public Model ToModel(Device device, Action<Model, StoredTraining> resume, CancellationToken cancellation)
    {
        var model = Spec.ToEmptyModel(device, Extensions);
        try
        {
            Plan.Fill(model.Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal), _file, cancellation);
            if (Training is { } training) resume(model, training);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
