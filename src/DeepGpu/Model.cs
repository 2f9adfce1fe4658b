using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A live model: weights on a device. It predicts at once, and trains once compiled. Made by <see cref="LiveModels.ToModel"/>.</summary>
/// <remarks>It owns every tensor it makes; the caller disposes only the model. Prediction is safe from several threads; training is not.</remarks>
public sealed partial class Model : IDisposable
{
    private readonly WeightFactory _weights;
    private readonly PrecisionPolicy _policy;
    private int _seed;
    private readonly ModelUse _use;
    private bool _disposed;

    internal Model(ModelSpec spec, Device device, int? seed, PrecisionPolicy policy, LoweringTable table, IReadOnlyList<string>? loaded = null)
    {
        (Spec, Device, _policy, _seed) = (spec, device, policy, seed ?? Random.Shared.Next());
        using var random = seed is { } known ? new torch.Generator((ulong)known) : null;
        MemoryDemand.Weights(spec, policy, device.ToTorch());
        _weights = new(device.ToTorch(), random, table, loaded);
        (Graph, Weights) = Live(spec);
        _use = new(Free);
    }

    /// <summary>The description it was made from.</summary>
    public ModelSpec Spec { get; private set; }

    /// <summary>Where the weights lie and the work is done.</summary>
    public Device Device { get; }

    /// <summary>Every weight, in the order of the layers.</summary>
    public IReadOnlyList<LiveWeight> Weights { get; private set; }

    /// <summary>The live layers.</summary>
    internal LiveGraph Graph { get; private set; }

    /// <summary>Computes the output of a model with one input and one output.</summary>
    /// <param name="inputs">The samples, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <returns>The output of every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public NDArray Predict(NDArray inputs, int batchSize = 32) => Predict([inputs], batchSize).Single();

    /// <summary>Computes the outputs of a model with any number of inputs and outputs.</summary>
    /// <param name="inputs">The samples of each input, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <returns>Each output for every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32)
    {
        Require.AtLeast(batchSize, 1, "Predict");
        using var running = _use.Enter(this);
        DataChecks.Inputs(inputs, Spec, nameof(inputs));
        return TorchBorder.Run(nameof(Predict), () => PredictAll(inputs, batchSize));
    }

    /// <summary>Forgets what stateful recurrent layers kept from earlier batches.</summary>
    public void ResetState() => Graph.ResetState();

    /// <summary>Writes the model to one file, whole or not at all. The ending of its name decides the format.</summary>
    /// <param name="path">"x.keras" and "x.h5" as Keras writes whole models; "x.weights.h5" and "x.safetensors" only weights;
    /// any other ending this library's own, a zip archive of config.json and weights.safetensors. Whole models hold what they were compiled with and the optimizer's state,
    /// unless a loss or metric is of your own.</param>
    public void Save(string path) => TorchBorder.Run(nameof(Save), () => ModelFile.Save(Content, path));

    private ModelContent Content
    {
        get
        {
            var byName = Weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
            return new(Spec, name => byName[name].ToArray(), Training());
        }
    }

    /// <summary>Reads a model file: of <see cref="Save"/>, a <c>.keras</c> archive or a legacy <c>.h5</c> file of Keras. Training goes on where it was saved, if the file holds what the model was compiled with; else compile it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the model shall run.</param>
    /// <exception cref="ModelFormatException">The file is damaged or of another kind, or names a class this library does not know.</exception>
    public static Model Load(string path, Device device) => TorchBorder.Run(nameof(Load), () => ModelFile.Load(path, device));

    /// <summary>Frees the weights, after the calls that use them now. No call can begin afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        _use.Close();
    }

    private IReadOnlyList<NDArray> PredictAll(IReadOnlyList<NDArray> inputs, int batchSize)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (samples, parts, batches) = (inputs[0].Shape[0], new PartSize { Samples = batchSize }, new List<List<torch.Tensor>>());
        for (var start = 0; start < samples;)
        {
            var (outputs, count) = PredictPart(inputs, start, parts);
            if (start == 0) foreach (var output in outputs) Tensors.CheckSize(output, samples);
            batches.Add(outputs);
            start += count;
        }

        return [.. Spec.Outputs.Select((_, index) => Tensors.Joined([.. batches.Select(outputs => outputs[index])]))];
    }

    /// <summary>The outputs of the samples from one on, as many as fit into memory.</summary>
    private (List<torch.Tensor> Outputs, int Count) PredictPart(IReadOnlyList<NDArray> inputs, int start, PartSize parts)
    {
        while (true)
        {
            var count = Math.Min(parts.Samples, inputs[0].Shape[0] - start);
            try
            {
                return (PredictBatch(inputs, start, count), count);
            }
            catch (Exception e) when (OutOfMemory.Is(e))
            {
                if (Graph.Sequences.Any(layer => layer.IsStateful)) throw OutOfMemory.OfStatefulLayers(e);
                parts.Halve(count, e);
            }
        }
    }

    private List<torch.Tensor> PredictBatch(IReadOnlyList<NDArray> inputs, int start, int count)
    {
        using var scope = torch.NewDisposeScope();
        var batch = inputs.Select(input => Tensors.From(input.Slice(start, count), Device.ToTorch())).ToList();
        Graph.Memory.Demand(batch, trains: false);
        return [.. Graph.Run([.. batch.Select(input => new Signal(input))], ForwardContext.Inference)
            .Select(output => output.Tensor.MoveToOuterDisposeScope())];
    }

    /// <summary>Makes the layers of a description live; nothing is left if one cannot be.</summary>
    private (LiveGraph Graph, IReadOnlyList<LiveWeight> Weights) Live(ModelSpec spec)
    {
        try
        {
            return (LiveGraphOf(spec), _weights.InOrder(spec));
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    private void Free()
    {
        Uncompile();
        Graph.ResetState();
        _weights.Dispose();
    }
}

/// <summary>Makes live models of descriptions.</summary>
public static class LiveModels
{
    /// <summary>Makes a live model. Weights are drawn, or come from where the description says: a file, or a published one that is fetched.</summary>
    /// <param name="spec">The description.</param>
    /// <param name="device">Where it shall run.</param>
    /// <param name="seed">Decides weights, order of samples and dropout; null draws a seed.</param>
    /// <param name="precision">The formats of layers that name none. Default single precision.</param>
    /// <param name="lowerings">How layers become live; null for this library's layers.</param>
    /// <exception cref="TorchRuntimeException">The native libraries cannot be loaded.</exception>
    /// <exception cref="ModelFormatException">A file with weights is damaged or does not fit.</exception>
    /// <exception cref="DownloadException">Published weights cannot be fetched.</exception>
    /// <exception cref="OutOfGpuMemoryException">The weights do not fit into memory.</exception>
    public static Model ToModel(this ModelSpec spec, Device device, int? seed = null, PrecisionPolicy precision = PrecisionPolicy.Float32, LoweringTable? lowerings = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(device);
        TorchRuntime.Start();
        Model Make(IReadOnlyList<string> loaded)
            => new(spec, device, seed ?? Random.Shared.Next(), precision, lowerings ?? LoweringTable.Default, loaded);
        return TorchBorder.Run(nameof(ToModel), () => StartingWeights.Of(spec).Make(Make));
    }

    /// <summary>Makes a live model whose weights are not drawn: each must be loaded.</summary>
    internal static Model ToEmptyModel(this ModelSpec spec, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        TorchRuntime.Start();
        return new(spec, device, seed: null, PrecisionPolicy.Float32, LoweringTable.Default);
    }
}
