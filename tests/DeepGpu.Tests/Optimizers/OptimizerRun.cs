using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>A matrix and a vector of ones with an optimizer.</summary>
internal sealed class OptimizerRun : IDisposable
{
    public OptimizerRun(Optimizer optimizer, IEnumerable<LiveWeight>? from = null)
    {
        using var scope = torch.NewDisposeScope();
        Weights = from is null
            ? new(TestWeights.Of("w0/kernel", torch.ones(2, 3), layout: WeightLayout.Transposed),
                TestWeights.Of("w1/bias", torch.ones(3)))
            : new([.. from.Select(weight => TestWeights.Of(weight.Name, Tensors.From(weight.ToArray(), torch.CPU),
                layout: weight.Tensor.dim() == 2 ? WeightLayout.Transposed : default))]);
        Stepper = OptimizerStepper.Create(optimizer, Weights);
    }

    public TestWeights Weights { get; }

    public OptimizerStepper Stepper { get; }

    public void Steps(int first, int end)
    {
        for (var step = first; step < end; step++)
        {
            Weights.SetGradients(Math.Cos(step) * Stepper.LossScale.Factor);
            Stepper.Step();
        }
    }

    public void Dispose()
    {
        Stepper.Dispose();
        Weights.Dispose();
    }
}
