using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A live model: weights on a device. It predicts at once, and trains once compiled.
/// Made by <see cref="LiveModels.ToModel"/>.</summary>
/// <remarks>
/// It owns every tensor it makes; the caller disposes only the model.
/// <para>
/// Any thread may call any member. What may run at the same time:
/// <list type="bullet">
/// <item>Reading calls (<c>Predict</c>, <c>PredictOnBatch</c>, <c>ExtractFeatures</c>, <c>ConfusionMatrix</c>, <c>Evaluate</c>,
/// <c>Save</c>,
/// <see cref="LiveWeight.ToArray"/>) run beside each other and beside training. Each batch, each array and each file sees the weights
/// between two
/// steps, never half of a step.</item>
/// <item>Training calls (<c>Fit</c>, <c>FitAsync</c>, <c>TrainOnBatch</c>, <c>TestOnBatch</c>): one at a time; another is refused, code
/// already_training.</item>
/// <item>Changing calls (<c>Compile</c>, <c>Freeze</c>, <c>Unfreeze</c>, <c>LoadWeights</c>, <c>CopyWeights</c>): refused while the model
/// is trained, in
/// callbacks too; else they wait for the batch or file that is under way. <c>Compile</c>, <c>Freeze</c> and <c>Unfreeze</c> are refused
/// while
/// <c>Evaluate</c> runs, code already_measuring. <see cref="LiveWeight.Load"/> and <see cref="ResetState"/> are allowed in callbacks as
/// well.</item>
/// <item>A model with stateful layers has one set of states: the calls that run it wait for each other, and are refused while another
/// thread trains it.</item>
/// <item><see cref="Dispose"/> returns at once. Calls under way go on to their end, then the weights are freed; a call that begins later
/// throws an
/// <see cref="ObjectDisposedException"/>.</item>
/// <item>While the process ends, new calls are refused, <c>Fit</c> is cancelled after its batch, and other calls are waited for, 5 seconds
/// at most.</item>
/// </list>
/// Code of yours that runs inside a step (a loss, a metric, a layer) must not wait for another thread that uses the model.
/// </para>
/// </remarks>
public sealed partial class Model : IDisposable
{
    private readonly WeightFactory _weights;
    private readonly PrecisionPolicy _policy;
    private int _seed;
    private readonly ModelUse _use;

    internal Model(ModelSpec spec, Device device, int? seed, PrecisionPolicy policy, Extensions extensions,
        IReadOnlyList<string>? loaded = null)
    {
        ExtensionCheck.Layers(spec, extensions);
        (Spec, Device, Extensions, _policy, _seed) = (spec, device, extensions, policy, seed ?? Random.Shared.Next());
        _use = new(spec.Name, Free);
        using var random = seed is { } known ? new torch.Generator((ulong)known) : null;
        MemoryDemand.Weights(spec, policy, device.ToTorch());
        _weights = new(device.ToTorch(), random, extensions, loaded, _use);
        (Graph, Weights) = Live(spec);
        _weights.Random = null;
        _use.IsStateful = Graph.IsStateful;
    }

    /// <summary>The description it was made from.</summary>
    public ModelSpec Spec { get; private set; }

    /// <summary>Where the weights lie and the work is done.</summary>
    public Device Device { get; }

    /// <summary>The classes of your own that it may have, and that its files and checkpoints name.</summary>
    public Extensions Extensions { get; }

    /// <summary>Every weight, in the order of the layers.</summary>
    public IReadOnlyList<LiveWeight> Weights { get; private set; }

    /// <summary>The format that layers compute in which name none.</summary>
    internal torch.ScalarType ComputeType => _policy.ComputeType();

    /// <summary>The live layers.</summary>
    internal LiveGraph Graph { get; private set; }

    /// <summary>What decides which calls run at the same time.</summary>
    internal ModelUse Calls => _use;

    /// <summary>Computes the output of a model with one input and one output.</summary>
    /// <param name="inputs">The samples, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32. A model whose inputs fix the batch takes that many.</param>
    /// <returns>The output of every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public NDArray Predict(NDArray inputs, int batchSize = 32) => Predict([inputs], batchSize).Single();

    /// <summary>Computes the outputs of a model with any number of inputs and outputs.</summary>
    /// <param name="inputs">The samples of each input, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32. A model whose inputs fix the batch takes that many.</param>
    /// <returns>Each output for every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32)
    {
        Require.AtLeast(batchSize, 1, "Predict");
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        DataChecks.Inputs(inputs, Spec, nameof(inputs));
        return TorchBorder.Run(nameof(Predict), () => PredictAll(inputs, DataChecks.FixedBatch(Spec) ?? batchSize));
    }

    /// <summary>Forgets what stateful recurrent layers kept from earlier batches. Waits for a pass under way; may be called in a
    /// callback.</summary>
    /// <exception cref="ModelStateException">Another thread trains the model.</exception>
    public void ResetState()
    {
        using var changing = _use.Begin(ModelCall.Set);
        using var writing = _use.Weights.Write();
        Graph.ResetState();
    }

    /// <summary>Frees the weights, after the calls that use them now. No call can begin afterwards.</summary>
    public void Dispose() => _use.Close();

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
        using var reading = _use.Weights.Read();
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
        _use.Weights.Dispose();
    }
}

/// <summary>Makes live models of descriptions.</summary>
public static class LiveModels
{
    /// <summary>Makes a live model. Weights are drawn, or come from where the description says: a file,
    /// or a published one that is fetched.</summary>
    /// <param name="spec">The description.</param>
    /// <param name="device">Where it shall run.</param>
    /// <param name="seed">Decides weights, order of samples and dropout; null draws a seed.</param>
    /// <param name="precision">The formats of layers that name none. Default single precision.</param>
    /// <param name="extensions">The classes of your own that it may have; null for none.</param>
    /// <exception cref="TorchRuntimeException">The native libraries cannot be loaded.</exception>
    /// <exception cref="ModelFormatException">A file with weights is damaged or does not fit, or a class of your own would not come back
    /// from a file as it was.</exception>
    /// <exception cref="DeepGpuException">A layer is neither this library's nor registered with how it runs.</exception>
    /// <exception cref="DeepGpuArgumentException">An initializer, regularizer or constraint is neither this library's nor
    /// registered with what it does.</exception>
    /// <exception cref="DownloadException">Published weights cannot be fetched.</exception>
    /// <exception cref="OutOfGpuMemoryException">The weights do not fit into memory.</exception>
    public static Model ToModel(this ModelSpec spec, Device device, int? seed = null, PrecisionPolicy precision = PrecisionPolicy.Float32,
        Extensions? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(device);
        return ProcessEnd.During(() =>
        {
            TorchRuntime.Start();
            var own = extensions ?? Extensions.None;
            Model Make(IReadOnlyList<string> loaded) => new(spec, device, seed ?? Random.Shared.Next(), precision, own, loaded);
            return TorchBorder.Run(nameof(ToModel), () => StartingWeights.Of(spec).Make(Make));
        });
    }

    /// <summary>Makes a live model whose weights are not drawn: each must be loaded.</summary>
    internal static Model ToEmptyModel(this ModelSpec spec, Device device, Extensions extensions)
    {
        ArgumentNullException.ThrowIfNull(device);
        TorchRuntime.Start();
        return new(spec, device, seed: null, PrecisionPolicy.Float32, extensions);
    }
}
