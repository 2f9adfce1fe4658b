using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Stochastic gradient descent, Keras's form: the momentum buffer holds the step, learning rate included.</summary>
internal sealed class SgdStepper : OptimizerStepper
{
    private readonly Sgd _options;
    private readonly torch.Tensor[] _momenta;

    public SgdStepper(Sgd options, IReadOnlyList<LiveWeight> weights)
        : base(weights)
    {
        _options = options;
        _momenta = options.Momentum > 0 ? ZerosLikeParameters() : [];
    }

    public override void Dispose()
    {
        foreach (var tensor in _momenta) tensor.Dispose();
    }

    protected override void Step(torch.Tensor[] gradients)
    {
        if (_momenta.Length == 0) OptimizerScript.Call("sgd", Parameters, gradients, _options.LearningRate);
        else OptimizerScript.Call("momentum", Parameters, gradients, _momenta, _options.LearningRate, _options.Momentum);
    }
}
