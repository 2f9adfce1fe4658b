using DeepGpu.Operations;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Runtime;

/// <summary>The computations that stand for all: each was wrong wherever convolutions or LSTMs were.
/// No random generator is touched.</summary>
/// <remarks>Each has a batch of two or more: one sample of such sizes never reaches oneDNN.
/// Images lie channels-last, as this library's do.</remarks>
internal static class EngineProbes
{
    public static IReadOnlyList<EngineProbe> All { get; } =
    [
        new("Conv1DTranspose 2 to 3, kernel 2", EngineComputations.Convolutions, Transposed),
        new("Conv1D 1 to 1, kernel 2", EngineComputations.Convolutions, type => Gradients(
            Image(type, 2, 4, 1), Wave(type, 1, 1, 2), (x, kernel) => F.conv1d(x, kernel))),
        new("DepthwiseConv2D 4 to 8, kernel 2 x 3, stride 3", EngineComputations.Convolutions, type => Gradients(
            Image(type, 2, 5, 4, 4), Wave(type, 8, 1, 2, 3), (x, kernel) => F.conv2d(x, kernel, strides: [3, 3], groups: 4))),
        new("Conv1D 10 to 20, kernel 2", EngineComputations.Convolutions, type => Gradients(
            Image(type, 2, 6, 10), Wave(type, 20, 10, 2), (x, kernel) => F.conv1d(x, kernel))),
        new("LSTM 1 to 4", EngineComputations.Recurrences, type => Recurrence(type, features: 1, units: 4)),
        new("LSTM 9 to 100", EngineComputations.Recurrences, type => Recurrence(type, features: 9, units: 100)),
    ];

    private static torch.Tensor[] Transposed(torch.ScalarType type)
    {
        using var noGradient = torch.no_grad();
        return [F.conv_transpose1d(Image(type, 2, 5, 2), Wave(type, 2, 3, 2))];
    }

    /// <summary>The output and its gradients by the image and the kernel.</summary>
    private static torch.Tensor[] Gradients(torch.Tensor x, torch.Tensor kernel, Func<torch.Tensor, torch.Tensor, torch.Tensor> convolve)
    {
        using var gradient = torch.enable_grad();
        using var y = convolve(x.requires_grad_(), kernel.requires_grad_());
        (y * Wave(y.dtype, y.shape)).sum().backward();
        return [y.detach(), x.grad!, kernel.grad!];
    }

    /// <summary>A prediction: in training libtorch does not give LSTMs to oneDNN.</summary>
    private static torch.Tensor[] Recurrence(torch.ScalarType type, long features, long units)
    {
        using var noGradient = torch.no_grad();
        torch.Tensor[] weights = [Wave(type, 4 * units, features), Wave(type, 4 * units, units) / Number(units),
            Wave(type, 4 * units), Wave(type, 4 * units)];
        torch.Tensor[] states = [Wave(type, 2, units), Wave(type, 2, units)];
        var output = FusedRecurrence.Run(FusedKernel.Lstm, Wave(type, 2, 3, features), states, weights, new(All: true, IsTraining: false));
        return [output.Output, .. output.States];
    }

    /// <summary>(batch, spatial..., channels) in memory, seen as (batch, channels, spatial...).</summary>
    private static torch.Tensor Image(torch.ScalarType type, params long[] shape) => Spatial.ToChannelsFirst(Wave(type, shape));

    private static torch.Tensor Wave(torch.ScalarType type, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        return torch.tensor([.. Enumerable.Range(0, (int)count).Select(i => Math.Sin(0.739 * i + 0.3))], shape).to(type);
    }
}
