using TorchSharp;

namespace DeepGpu;

/// <content>Reports of how well classes are told apart.</content>
public sealed partial class Model
{
    /// <summary>Compares predictions with targets, class by class. The model has one output and needs no compilation.</summary>
    /// <param name="data">The samples, their targets class indices or one-hot.</param>
    /// <param name="labels">The names of the classes; null for their numbers.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    /// <exception cref="DeepGpuArgumentException">The model has several outputs or an open number of classes,
    /// or there is not one label for each class.</exception>
    public ConfusionMatrix ConfusionMatrix(DataSource data, IReadOnlyList<string>? labels = null, int batchSize = 32,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.AtLeast(batchSize, 1, nameof(ConfusionMatrix));
        if (Spec.Outputs is not [var only] || only.Shape[^1] is not { } units)
            throw Require.OutOfRange(nameof(ConfusionMatrix), "model", "one with a single output and a known number of classes", Spec.Name);
        var metric = ClassPairsMetric.For(units);
        var requirements = new DataRequirements(Spec, [null]) { Metrics = [[metric]] };
        data.Check(requirements, nameof(data));
        using var running = _use.Begin(ModelCall.Run);
        using var alone = _use.AloneIfStateful();
        return TorchBorder.Run(nameof(ConfusionMatrix), ()
            => Compared(data, requirements, metric, labels, DataChecks.FixedBatch(Spec) ?? batchSize, cancellationToken));
    }

    private ConfusionMatrix Compared(DataSource data, DataRequirements requirements, ClassPairsMetric metric, IReadOnlyList<string>? labels,
        int batchSize, CancellationToken cancellationToken)
    {
        using var state = new MetricState(metric, Device.ToTorch());
        using var source = data.Open(requirements, Device.ToTorch(), shuffleSeed: null);
        using var noGradient = torch.no_grad();
        using var batches = source.Epoch(1, batchSize, cancellation: cancellationToken).GetEnumerator();
        var (parts, seen) = (new PartSize(), false);
        while (AddBatch(state, batches, parts))
        {
            seen = true;
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (!seen) throw DatasetChecks.Empty("what is measured yields none");
        return new(state.Results(), metric.Classes, labels);
    }

    private bool AddBatch(MetricState state, IEnumerator<TensorBatch> batches, PartSize parts)
    {
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        var batch = batches.Current;
        for (var start = 0; start < batch.Size;) start += AddPart(state, batch, start, parts);
        return true;
    }

    /// <summary>Compares the samples from one on, as many as fit into memory. Returns how many, 0 for an attempt that failed.</summary>
    private int AddPart(MetricState state, TensorBatch batch, int start, PartSize parts)
    {
        using var scope = torch.NewDisposeScope();
        var part = batch.Narrow(start, Math.Min(parts.Samples, batch.Size - start));
        Signal output;
        try
        {
            Graph.Memory.Demand(part.Inputs, trains: false);
            output = Run(part);
        }
        catch (Exception e) when (OutOfMemory.Is(e))
        {
            if (Graph.Sequences.Any(layer => layer.IsStateful)) throw OutOfMemory.OfStatefulLayers(e);
            parts.Halve(part.Size, e);
            return 0;
        }

        state.Add(part.Targets[0], output.Tensor, SampleWeights.Combined(part.WeightsOf(0), output.Mask));
        return part.Size;
    }

    private Signal Run(TensorBatch batch)
    {
        using var reading = _use.Weights.Read();
        return Graph.Run([.. batch.Inputs.Select(input => new Signal(input))], ForwardContext.Inference)[0];
    }
}
