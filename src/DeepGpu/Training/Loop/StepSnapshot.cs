using TorchSharp;

namespace DeepGpu.Training;

/// <summary>What a step changes before it changes weights: moving statistics, sums of metrics, states of recurrent layers, the loss scale.
/// A step that is tried again, or left out, begins from it.</summary>
internal sealed class StepSnapshot : IDisposable
{
    private readonly Compiled _compiled;
    private readonly torch.Tensor[] _buffers;
    private readonly torch.Tensor[] _saved;
    private readonly KeptStates _states;
    private (double Factor, int FiniteSteps) _scale;

    public StepSnapshot(Compiled compiled)
    {
        _compiled = compiled;
        _states = new(compiled.StatefulLayers);
        _buffers = [.. compiled.Weights.Where(weight => weight.Spec.IsChangedByTraining || weight.IsChangedByPasses)
            .Select(weight => weight.Tensor)];
        _saved = [.. Changing().Select(tensor => torch.empty_like(tensor).DetachFromDisposeScope())];
    }

    /// <summary>Remembers the present.</summary>
    public void Take()
    {
        Copy(Changing(), _saved);
        _states.Take();
        _scale = (_compiled.Stepper.LossScale.Factor, _compiled.Stepper.LossScale.FiniteSteps);
    }

    /// <summary>Goes back to what was remembered.</summary>
    public void Restore()
    {
        Copy(_saved, Changing());
        _states.Restore();
        (_compiled.Stepper.LossScale.Factor, _compiled.Stepper.LossScale.FiniteSteps) = _scale;
    }

    public void Dispose()
    {
        foreach (var tensor in _saved) tensor.Dispose();
        _states.Dispose();
    }

    /// <summary>Sums are other tensors after each reset, of the same sizes.</summary>
    private torch.Tensor[] Changing() => [.. _buffers, .. _compiled.Metrics.SelectMany(metric => metric.State.Sums)];

    private static void Copy(torch.Tensor[] from, torch.Tensor[] to)
    {
        using var noGradient = torch.no_grad();
        for (var i = 0; i < from.Length; i++) to[i].copy_(from[i]);
    }
}
