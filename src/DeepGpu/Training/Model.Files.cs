using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Optimizers;
using DeepGpu.Runtime;
using DeepGpu.Training;
using DeepGpu.Weights;

namespace DeepGpu;

/// <content>Model files, and training that continues from one.</content>
public sealed partial class Model
{
    private string? _whyNotCompiled;

    /// <summary>Writes the model to one file, whole or not at all. The ending of its name decides the format.</summary>
    /// <remarks>While another thread trains the model, the file holds the weights and the optimizer's state between two steps: they are
    /// copied, and
    /// training continues while the file is written. A model that is not trained meanwhile is written weight by weight, and nothing is held
    /// twice.</remarks>
    /// <param name="path">"x.keras" and "x.h5" (or ".hdf5") as Keras writes whole models; "x.weights.h5" and "x.safetensors" only weights;
    /// "x.onnx" for other engines, without what training needs, as <see cref="Save(string, OnnxOptions)"/> says;
    /// "x.deepgpu" or a name without an ending this library's own, a zip archive of config.json and weights.safetensors. Other endings are
    /// refused.
    /// Whole models hold what they were compiled with and the optimizer's state,
    /// unless a loss or metric is of your own.</param>
    /// <param name="cancellationToken">Stops before the next weight; the file is as it was before.</param>
    /// <exception cref="DeepGpuException">ONNX cannot express a layer.</exception>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Write(nameof(Save), content => ModelWriting.Save(content.Cancelled(cancellationToken), path));
    }

    /// <summary>Writes the model on a thread of its own; it may be trained meanwhile.</summary>
    /// <inheritdoc cref="Save(string, CancellationToken)"/>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => Apart(() =>
    {
        Save(path, cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Has the content written: a copy while another thread trains the model, else the weights where they lie.</summary>
    private void Write(string call, Action<ModelContent> write)
    {
        using var running = _use.Begin(ModelCall.Read);
        TorchBorder.Run(call, () =>
        {
            if (_use.IsTrainedElsewhere) write(Copied());
            else WriteInPlace(write);
        });
    }

    private void WriteInPlace(Action<ModelContent> write)
    {
        using var reading = _use.Weights.Read();
        write(Content);
    }

    private ModelContent Copied()
    {
        using var reading = _use.Weights.Read();
        var content = Content;
        var values = Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray(), StringComparer.Ordinal);
        return content with { Values = name => values[name] };
    }

    private ModelContent Content
    {
        get
        {
            var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
            return new(Spec, name => byName[name].ToArray(), Training()) { Extensions = Extensions };
        }
    }

    /// <summary>Reads a model file: of <see cref="Save(string, CancellationToken)"/>, a <c>.keras</c> archive or a legacy <c>.h5</c> file
    /// of Keras.
    /// Training continues where it was saved, if the file holds what the model was compiled with; else compile it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the model runs.</param>
    /// <param name="extensions">The classes of your own that the file may name; null for none.</param>
    /// <param name="cancellationToken">Stops before the next weight.</param>
    /// <exception cref="ModelFormatException">The file is damaged or of another kind, or names a class this
    /// library does not know.</exception>
    public static Model Load(string path, Device device, Extensions? extensions = null, CancellationToken cancellationToken = default)
        => ProcessEnd.During(() => TorchBorder.Run(nameof(Load), () => ModelFile.Load(path, device, extensions ?? Extensions.None,
            (model, training) => model.Resume(training), cancellationToken)));

    /// <summary>Reads a model file on a thread of its own.</summary>
    /// <inheritdoc cref="Load"/>
    public static Task<Model> LoadAsync(string path, Device device, Extensions? extensions = null,
        CancellationToken cancellationToken = default)
        => Apart(() => Load(path, device, extensions, cancellationToken), cancellationToken);

    /// <summary>Compiles the model as a file says and takes the optimizer's state over; of Keras 1 and 2 where it is that of the model's
    /// weights.
    /// With what this library does not know it stays uncompiled, and says why when it is trained.</summary>
    private void Resume(StoredTraining training)
    {
        try
        {
            Compile(CompileJson.Read(training.Config, Spec, Extensions));
            Take(_compiled!, training);
        }
        catch (Exception e) when (e is IFaultSource or FormatException or InvalidOperationException or OverflowException)
        {
            ReleaseTraining();
            _whyNotCompiled = e.Message;
        }
    }

    private StoredTraining? Training()
    {
        if (_compiled is not { } compiled) return null;
        if (CompileJson.Write(compiled.Options, compiled.Stepper.Described, Extensions) is not { } config) return null;
        return new(config, OptimizerVariables.Write(compiled.Stepper, Spec.Name))
        {
            Position = new() { ["seed"] = _seed, ["epochs"] = compiled.Epochs, ["steps"] = compiled.Steps },
        };
    }

    private void Take(Compiled compiled, StoredTraining training)
    {
        var variables = training.IsBeforeThree
            ? KerasTwoState.Of(compiled.Stepper, training.Variables) ?? []
            : [.. training.Variables.Select(variable => variable.Value)];
        if (variables.Count > 0)
        {
            var state = OptimizerVariables.Read(compiled.Stepper, variables);
            compiled.Stepper.Restore(state ?? throw new FormatException(
                $"The optimizer's state has {training.Variables.Count} variables, which do not fit the model."));
            compiled.Steps = state.Steps;
        }

        if (training.Position is not { } position) return;
        (_seed, compiled.Epochs, compiled.Steps) =
            ((int?)position["seed"] ?? _seed, (int?)position["epochs"] ?? 0, (long?)position["steps"] ?? compiled.Steps);
    }
}
