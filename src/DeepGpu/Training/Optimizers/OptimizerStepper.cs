using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The torch side of an <see cref="Optimizer"/> record: its state, and a step over all weights.</summary>
internal abstract class OptimizerStepper : IDisposable
{
    protected OptimizerStepper(IReadOnlyList<LiveWeight> weights)
        => Parameters = [.. weights.Where(weight => weight.IsTrainable).Select(weight => weight.Tensor)];

    protected torch.Tensor[] Parameters { get; }

    /// <summary>The learning rate of the next step; setting it replaces the schedule.</summary>
    public double LearningRate { get; set; }

    public static OptimizerStepper Create(Optimizer optimizer, IReadOnlyList<LiveWeight> weights) => optimizer switch
    {
        Adam adam => new AdamStepper(adam, weights),
        Sgd sgd => new SgdStepper(sgd, weights),
        _ => throw Require.OutOfRange("Optimizer", nameof(optimizer), "one this engine knows", optimizer.GetType().Name),
    };

    /// <summary>Forgets the gradients, so that the next backward pass writes instead of adding.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in Parameters) parameter.grad = null;
    }

    /// <summary>Changes every weight by its gradient.</summary>
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        Step([.. Parameters.Select(parameter => parameter.grad ?? torch.zeros_like(parameter))]);
    }

    public abstract void Dispose();

    protected abstract void Step(torch.Tensor[] gradients);

    protected torch.Tensor[] ZerosLikeParameters() => [.. Parameters.Select(parameter => torch.zeros_like(parameter).DetachFromDisposeScope())];
}
