using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>One layer as a model of its own, run on signals.</summary>
internal sealed class LayerRun : IDisposable
{
    public LayerRun(Layer layer, IReadOnlyList<Shape> inputs, PrecisionPolicy precision = PrecisionPolicy.Float32, int seed = 1)
    {
        var symbols = inputs.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
        var outputs = symbols[0].ApplyAll(layer, symbols.Skip(1));
        Spec = Functional.Model(symbols, outputs);
        Model = Spec.ToModel(Device.Cpu, seed, precision);
    }

    public ModelSpec Spec { get; }

    public Model Model { get; }

    /// <summary>Sets the weights in Keras's order: all of them, or those that are trained.</summary>
    public void Load(IReadOnlyList<NDArray> weights)
    {
        var targets = weights.Count == Model.Weights.Count ? Model.Weights : [.. Model.Weights.Where(weight => weight.IsTrainable)];
        weights.Should().HaveCount(targets.Count);
        foreach (var (weight, values) in targets.Zip(weights)) weight.Load(values);
    }

    /// <summary>Runs the layer; the outputs live in the caller's dispose scope.</summary>
    public IReadOnlyList<Signal> Run(IReadOnlyList<Signal> inputs, ForwardContext? context = null)
        => Model.Graph.Run(inputs, context ?? ForwardContext.Inference);

    public void Dispose() => Model.Dispose();
}
