using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Runs layers without weights over the first input of batches, on the processor, as in training.</summary>
internal sealed class BatchLayers
{
    private readonly IReadOnlyList<Layer> _layers;
    private readonly Extensions _extensions;
    private readonly Lock _gate = new();
    private (string Shape, Model Model)? _known;

    public BatchLayers(IReadOnlyList<Layer> layers, Extensions extensions)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(extensions);
        if (layers.Count == 0) throw Require.OutOfRange(nameof(DataStream), nameof(layers), "at least one", "none");
        (_layers, _extensions) = (layers, extensions);
    }

    /// <summary>The batch with its first input changed.</summary>
    public Batch Apply(Batch batch, Random random)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var generator = new torch.Generator((ulong)random.NextInt64());
        var (model, use) = ModelFor(batch.Inputs[0]);
        using var running = use;
        var outputs = model.Graph.Run([new Signal(Tensors.From(batch.Inputs[0], torch.CPU))], ForwardContext.Training(generator));
        return batch with { Inputs = [Tensors.ToArray(outputs[0].Tensor), .. batch.Inputs.Skip(1)] };
    }

    /// <summary>One model for batches of one shape, whatever their number of samples. Another reading may replace it: it is freed after its
    /// last use.</summary>
    private (Model Model, ModelUse.Use Use) ModelFor(NDArray input)
    {
        var shape = string.Join(",", input.Shape.Skip(1));
        lock (_gate)
        {
            if (_known is { } known && known.Shape == shape) return (known.Model, known.Model.Calls.Begin(ModelCall.Run));
            var start = Functional.Input(new InputLayer(new([null, .. input.Shape.Skip(1).Select(length => (int?)length)])));
            var spec = _layers.Aggregate(start, (value, layer) => value.Apply(layer)).Build();
            if (spec.ParameterCount > 0)
                throw Require.OutOfRange(nameof(DataStream), "layers", "without weights",
                    spec.Layers.First(layer => layer.ParameterCount > 0).Name);
            _known?.Model.Dispose();
            _known = (shape, spec.ToModel(Device.Cpu, seed: 0, extensions: _extensions));
            return (_known.Value.Model, _known.Value.Model.Calls.Begin(ModelCall.Run));
        }
    }
}
