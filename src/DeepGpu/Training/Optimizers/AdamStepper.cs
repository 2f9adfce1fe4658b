using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Adam by the fused kernel.</summary>
/// <remarks>Keras adds epsilon outside the bias correction, torch inside: passing epsilon / sqrt(1 - beta2^t) gives Keras's form exactly.</remarks>
internal sealed class AdamStepper : OptimizerStepper
{
    private readonly Adam _options;
    private readonly torch.Tensor[] _means;
    private readonly torch.Tensor[] _squares;
    private readonly torch.Tensor[] _steps;
    private long _step;

    public AdamStepper(Adam options, IReadOnlyList<LiveWeight> weights)
        : base(weights)
    {
        _options = options;
        (_means, _squares) = (ZerosLikeParameters(), ZerosLikeParameters());
        _steps = [.. Parameters.Select(parameter => torch.zeros([], device: parameter.device).DetachFromDisposeScope())];
    }

    public override void Dispose()
    {
        foreach (var tensor in (torch.Tensor[])[.. _means, .. _squares, .. _steps]) tensor.Dispose();
    }

    protected override void Step(torch.Tensor[] gradients)
    {
        var epsilon = _options.Epsilon / Math.Sqrt(1 - Math.Pow(_options.Beta2, ++_step));
        OptimizerScript.Call("adam", Parameters, gradients, _means, _squares, _steps, _options.LearningRate, _options.Beta1, _options.Beta2, epsilon);
    }
}
