using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Compares every kind of layer in single precision with double precision, which takes other ways through the engine.</summary>
public static class EngineNumbers
{
    private const int Batch = 2;

    /// <summary>Compares them all: a second or two on the CPU.</summary>
    /// <param name="device">Where single precision is computed. Default the CPU. Double precision always is computed on the CPU.</param>
    /// <returns>One row for each layer, in the order of kinds.</returns>
    /// <exception cref="TorchRuntimeException">The native libraries cannot be loaded, or no remedy makes them compute right.</exception>
    public static IReadOnlyList<LayerNumbers> Compare(Device? device = null)
        => [.. LayerSamples.All.Select(sample => Compare(sample.Layer, sample.Inputs, device ?? Device.Cpu))];

    private static LayerNumbers Compare(Layer layer, int[][] inputs, Device device)
    {
        using var scope = torch.NewDisposeScope();
        var spec = Describe(layer, inputs);
        using var single = spec.ToModel(device, seed: 1);
        using var exact = spec.ToModel(Device.Cpu, seed: 1, PrecisionPolicy.Float64);
        foreach (var weight in single.Weights.Concat(exact.Weights)) weight.Load(Wave(weight.Spec.Shape, 0.4, around: 0.5));
        return new(Text(layer, inputs))
        {
            Prediction = Worst(Predict(single, inputs), Predict(exact, inputs)),
            Training = Worst(Train(single, inputs, out var gradients), Train(exact, inputs, out var exactGradients)),
            Gradients = gradients.Count > 0 ? Worst(gradients, exactGradients) : null,
        };
    }

    private static ModelSpec Describe(Layer layer, int[][] inputs)
    {
        var symbols = inputs.Select(sample =>
            Functional.Input(new InputLayer(new Shape([null, .. sample.Select(length => (int?)length)])))).ToList();
        return Functional.Model(symbols, symbols[0].ApplyAll(layer, symbols.Skip(1)));
    }

    private static IReadOnlyList<torch.Tensor> Predict(Model model, int[][] inputs)
    {
        using var noGradient = torch.no_grad();
        return [.. model.Graph.Run([.. Inputs(model, inputs).Select(x => new Signal(x))], ForwardContext.Inference)
            .Select(output => output.Tensor)];
    }

    private static IReadOnlyList<torch.Tensor> Train(Model model, int[][] inputs, out IReadOnlyList<torch.Tensor> gradients)
    {
        using var gradient = torch.enable_grad();
        using var random = new torch.Generator(1);
        var x = Inputs(model, inputs).Select(input => input.requires_grad_()).ToList();
        var outputs = model.Graph.Run([.. x.Select(input => new Signal(input.alias()))], ForwardContext.Training(random))
            .Select(output => output.Tensor).ToList();
        foreach (var output in outputs)
            (output * On(model, Wave(output.shape.Select(length => (int)length), 1))).sum().backward(retain_graph: true);
        gradients = [.. x.Concat(model.Weights.Select(weight => weight.Tensor)).Select(tensor => tensor.grad).OfType<torch.Tensor>()];
        return [.. outputs.Select(output => output.detach())];
    }

    private static IEnumerable<torch.Tensor> Inputs(Model model, int[][] inputs)
        => inputs.Select(sample => On(model, Wave([Batch, .. sample], 1)));

    private static torch.Tensor On(Model model, NDArray array) => Tensors.From(array, model.Device.ToTorch()).to(model.ComputeType);

    private static NDArray Wave(IEnumerable<int> shape, double height, double around = 0)
    {
        int[] lengths = [.. shape];
        var count = lengths.Aggregate(1, (product, length) => product * length);
        return NDArray.From<float>([.. Enumerable.Range(0, count).Select(i => (float)(around + height * Math.Sin(0.739 * i + 0.3)))],
            lengths);
    }

    private static double Worst(IReadOnlyList<torch.Tensor> single, IReadOnlyList<torch.Tensor> exact)
        => single.Zip(exact, (tensor, reference) => EngineProbe.Error(tensor.cpu(), reference)).Max();

    private static string Text(Layer layer, int[][] inputs)
        => $"{layer.GetType().Name} ({string.Join("; ", inputs.Select(sample => $"batch {Batch}, {string.Join(", ", sample)}"))})";
}
