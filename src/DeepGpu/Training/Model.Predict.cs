using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Runtime;
using DeepGpu.Training;
using TorchSharp;

namespace DeepGpu;

/// <content>Prediction.</content>
public sealed partial class Model
{
    /// <summary>Computes the output of a model with one input and one output.</summary>
    /// <param name="inputs">The samples, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32. A model whose inputs fix the batch takes that many.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns>The output of every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public NDArray Predict(NDArray inputs, int batchSize = 32, CancellationToken cancellationToken = default)
        => Predict([inputs], batchSize, cancellationToken).Single();

    /// <summary>Computes the output on a thread of its own.</summary>
    /// <inheritdoc cref="Predict(NDArray, int, CancellationToken)"/>
    public Task<NDArray> PredictAsync(NDArray inputs, int batchSize = 32, CancellationToken cancellationToken = default)
        => Apart(() => Predict(inputs, batchSize, cancellationToken), cancellationToken);

    /// <summary>Computes the outputs of a model with any number of inputs and outputs.</summary>
    /// <param name="inputs">The samples of each input, (samples, ...).</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32. A model whose inputs fix the batch takes that many.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns>Each output for every sample, (samples, ...).</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer is named.</exception>
    public IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        Require.AtLeast(batchSize, 1, "Predict");
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        DataChecks.Inputs(inputs, Spec, nameof(inputs));
        return TorchBorder.Run(nameof(Predict), () =>
        {
            var samples = DataChecks.FixedBatch(Spec) ?? batchSize;
            return Device == Device.Cpu && Graph.PlanFor(inputs) is { } plan ? PredictAll(plan, inputs, samples, cancellationToken)
                : PredictAll(inputs, samples, cancellationToken);
        });
    }

    /// <summary>Computes the outputs on a thread of its own.</summary>
    /// <inheritdoc cref="Predict(IReadOnlyList{NDArray}, int, CancellationToken)"/>
    public Task<IReadOnlyList<NDArray>> PredictAsync(IReadOnlyList<NDArray> inputs, int batchSize = 32,
        CancellationToken cancellationToken = default) => Apart(() => Predict(inputs, batchSize, cancellationToken), cancellationToken);

    /// <summary>Runs the model once over data, so that what follows it can be trained on its outputs without running
    /// it again each epoch.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <returns>The outputs as inputs, with the same targets.</returns>
    /// <exception cref="TrainingDataException">The samples do not fit the model.</exception>
    public Dataset ExtractFeatures(Dataset data, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Dataset.FromArrays(Predict(data.Inputs, batchSize), data.Targets);
    }

    /// <summary>The outputs of a plan, which copies neither inputs nor weights.</summary>
    private NDArray[] PredictAll(PredictionPlan plan, IReadOnlyList<NDArray> inputs, int batchSize, CancellationToken cancellation)
    {
        var (samples, parts) = (inputs[0].Shape[0], new PartSize { Samples = batchSize });
        var outputs = plan.Outputs(samples);
        for (var start = 0; start < samples;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(parts.Samples, samples - start);
            try
            {
                using var reading = _use.Weights.Read();
                Graph.Memory.Demand(inputs, count);
                plan.Run(inputs, start, count, outputs);
                start += count;
            }
            catch (Exception e) when (OutOfMemory.Is(e))
            {
                parts.Halve(count, e);
            }
        }

        return plan.Arrays(outputs, samples);
    }

    private IReadOnlyList<NDArray> PredictAll(IReadOnlyList<NDArray> inputs, int batchSize, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var (samples, parts, batches) = (inputs[0].Shape[0], new PartSize { Samples = batchSize }, new List<List<torch.Tensor>>());
        for (var start = 0; start < samples;)
        {
            cancellation.ThrowIfCancellationRequested();
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

    /// <summary>The logits of a pass of generation, inside the caller's dispose scope.</summary>
    /// <param name="tokens">The numbers, (batch, steps).</param>
    /// <param name="context">What kind of pass it is.</param>
    internal torch.Tensor Logits(torch.Tensor tokens, ForwardContext context)
    {
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        return TorchBorder.Run("Generate", () =>
        {
            using var reading = _use.Weights.Read();
            Graph.Memory.Demand([tokens], trains: false);
            return Graph.Run([new Signal(tokens)], context, Graph.LogitSlots([true]))[0].Tensor;
        });
    }
}
