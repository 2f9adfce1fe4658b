using System.Collections;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests;

/// <summary>Weights without a model, whose gradients a test sets.</summary>
internal sealed class TestWeights : IReadOnlyList<LiveWeight>, IDisposable
{
    private readonly LiveWeight[] _weights;

    /// <summary>Trainable weights w0/kernel, w1/kernel, ... with values.</summary>
    public TestWeights(IEnumerable<NDArray> values)
    {
        using var scope = torch.NewDisposeScope();
        _weights = [.. values.Select((array, i) => Of($"w{i}/kernel", Tensors.From(array, torch.CPU)))];
    }

    /// <summary>Weights as given.</summary>
    public TestWeights(params LiveWeight[] weights) => _weights = weights;

    public int Count => _weights.Length;

    public LiveWeight this[int index] => _weights[index];

    /// <summary>A weight, its values in Keras's layout.</summary>
    public static LiveWeight Of(string name, torch.Tensor values, bool isTrainable = true, WeightLayout layout = default)
        => new(name, new WeightSpec(name, [.. values.shape.Select(n => (int)n)], Initializer.Zeros),
            layout.ToTorch(values), layout, isTrainable);

    /// <summary>Sets a gradient for each weight.</summary>
    public void SetGradients(IEnumerable<NDArray> gradients)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (weight, gradient) in _weights.Zip(gradients))
            weight.Tensor.grad = Tensors.From(gradient, torch.CPU).to(weight.Tensor.dtype);
    }

    /// <summary>Sets the gradient of every weight's every element, times its place from 1.</summary>
    public void SetGradients(double gradient)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var weight in _weights)
            weight.Tensor.grad = (torch.arange(1, weight.Tensor.numel() + 1, weight.Tensor.dtype) * gradient).reshape(weight.Tensor.shape);
    }

    /// <summary>The elements of every weight.</summary>
    public double[] Elements() => [.. _weights.SelectMany(weight => weight.ToArray().ToArray<float>()).Select(element => (double)element)];

    public IEnumerator<LiveWeight> GetEnumerator() => ((IEnumerable<LiveWeight>)_weights).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        foreach (var weight in _weights) weight.Dispose();
    }
}
