using System.Collections.Immutable;
using DeepGpu.Models;
using DeepGpu.OnnxRuntime;
using Microsoft.ML.OnnxRuntime;

namespace DeepGpu;

/// <summary>Predicts with a model in ONNX's format, by ONNX Runtime. Made for many small predictions, as a server has them.</summary>
/// <remarks>Calls may come from several threads at once; each runs by itself. Nothing is trained here: that is <c>Model</c>'s work.
/// See https://onnxruntime.ai.</remarks>
public sealed partial class OnnxPredictor : IDisposable
{
    private readonly SessionUse _session;
    private readonly OnnxPort[] _inputs;
    private readonly OnnxPort[] _outputs;
    private readonly bool _hasSamples;
    private readonly int? _fixedBatch;

    private OnnxPredictor(InferenceSession session, ExecutionProvider provider)
    {
        Provider = provider;
        _session = new(session);
        try
        {
            _inputs = [.. session.InputNames.Select(name => OnnxPort.Of(name, session.InputMetadata[name]))];
            _outputs = [.. session.OutputNames.Select(name => OnnxPort.Of(name, session.OutputMetadata[name]))];
            _hasSamples = _inputs.Length > 0 && _inputs.All(input => input.Shape.Rank > 0 && input.Shape[0] == _inputs[0].Shape[0]);
            _fixedBatch = _hasSamples ? _inputs[0].Shape[0] : null;
            Metadata = session.ModelMetadata.CustomMetadataMap.ToImmutableDictionary();
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What runs the model.</summary>
    public ExecutionProvider Provider { get; }

    /// <summary>The inputs' names, in the order that <see cref="Predict(IReadOnlyList{NDArray}, int)"/> takes them.</summary>
    public IReadOnlyList<string> InputNames => [.. _inputs.Select(input => input.Name)];

    /// <summary>The inputs' shapes, the samples first; open lengths are null.</summary>
    public IReadOnlyList<Shape> InputShapes => [.. _inputs.Select(input => input.Shape)];

    /// <summary>The outputs' names.</summary>
    public IReadOnlyList<string> OutputNames => [.. _outputs.Select(output => output.Name)];

    /// <summary>What the file tells of the model, by key: "license", "classes" where this library wrote them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names of the classes in the order of the output, as <see cref="OnnxOptions.Classes"/> wrote them; empty where the file
    /// has none.</summary>
    public IReadOnlyList<string> Classes => Metadata.TryGetValue("classes", out var text) ? ClassNames.Read(text) : [];

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; weights beside it are found by ONNX Runtime.</param>
    /// <param name="options">How it runs. Default <see cref="OnnxPredictorOptions.Default"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">It is no model that ONNX Runtime reads, or one whose values are no arrays of
    /// numbers.</exception>
    /// <exception cref="DeepGpuException">The native library or the execution provider is missing.</exception>
    public static OnnxPredictor Load(string path, OnnxPredictorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.", path);
        var chosen = options ?? OnnxPredictorOptions.Default;
        return new(SessionMaking.Start(settings => new(path, settings), chosen, path), chosen.Provider);
    }

    /// <summary>Opens a model in memory.</summary>
    /// <param name="model">The bytes of an ONNX file, as <see cref="Model.ToOnnx"/> makes them.</param>
    /// <param name="options">How it runs. Default <see cref="OnnxPredictorOptions.Default"/>.</param>
    /// <exception cref="ModelFormatException">They are no model that ONNX Runtime reads, or one whose values are no arrays of
    /// numbers.</exception>
    /// <exception cref="DeepGpuException">The native library or the execution provider is missing.</exception>
    public static OnnxPredictor Load(byte[] model, OnnxPredictorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var chosen = options ?? OnnxPredictorOptions.Default;
        return new(SessionMaking.Start(settings => new(model, settings), chosen, null), chosen.Provider);
    }

    /// <summary>Predicts for a model with one input and one output.</summary>
    /// <param name="inputs">(samples, ...). Numbers of another type than the input's are converted.</param>
    /// <param name="batchSize">How many samples run at once. Default 32; a model of a fixed batch has its own.</param>
    /// <returns>(samples, ...).</returns>
    /// <exception cref="DeepGpuArgumentException">The shape is not the input's.</exception>
    /// <exception cref="DeepGpuException">ONNX Runtime cannot run the model on them.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public NDArray Predict(NDArray inputs, int batchSize = 32) => Predict([inputs], batchSize).Single();

    /// <summary>Predicts for a model with several inputs or outputs.</summary>
    /// <remarks>Where the inputs' first axes are not one axis of samples, as with states or single numbers beside a sequence, all runs at
    /// once.</remarks>
    /// <param name="inputs">One array an input, in the order of <see cref="InputNames"/>: (samples, ...).</param>
    /// <param name="batchSize">How many samples run at once. Default 32; a model of a fixed batch has its own.</param>
    /// <returns>One array an output, in the order of <see cref="OutputNames"/>.</returns>
    /// <inheritdoc cref="Predict(NDArray, int)" path="/exception"/>
    public IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32)
    {
        Require.AtLeast(batchSize, 1, nameof(OnnxPredictor));
        Check(inputs);
        NDArray[] taken = [.. inputs.Select((input, i) => _inputs[i].Taken(input))];
        var (samples, size) = (_hasSamples ? taken[0].Shape[0] : 1, _fixedBatch ?? batchSize);
        return _session.Run(session =>
        {
            if (samples <= size) return SessionRun.Batch(session, _inputs, taken, _outputs);
            List<IReadOnlyList<NDArray>> batches = [];
            for (var start = 0; start < samples; start += size)
            {
                var count = Math.Min(size, samples - start);
                batches.Add(SessionRun.Batch(session, _inputs, [.. taken.Select(input => input.Slice(start, count))], _outputs));
            }

            return SessionRun.Joined(batches);
        });
    }

    /// <summary>Frees the session once no call uses it any more.</summary>
    public void Dispose() => _session.Dispose();

    private void Check(IReadOnlyList<NDArray> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != _inputs.Length)
            throw Require.OutOfRange(nameof(Predict), nameof(inputs), $"{_inputs.Length} arrays ({string.Join(", ", InputNames)})",
                inputs.Count);
        for (var i = 0; i < _inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            _inputs[i].Check(inputs[i], _hasSamples ? 1 : 0);
        }

        if (_hasSamples) CheckSamples(inputs);
    }

    private void CheckSamples(IReadOnlyList<NDArray> inputs)
    {
        var samples = inputs[0].Shape[0];
        if (inputs.Any(input => input.Shape[0] != samples))
            throw Require.OutOfRange(nameof(Predict), nameof(inputs), "as many samples in each array",
                string.Join(" and ", inputs.Select(input => input.TypeAndShape)));
        if (samples == 0) throw Require.OutOfRange(nameof(Predict), nameof(inputs), "one sample or more", 0);
        if (_fixedBatch is { } batch && samples % batch != 0)
            throw Require.OutOfRange(nameof(Predict), nameof(inputs), $"a multiple of the model's fixed batch of {batch} samples",
                samples);
    }
}
