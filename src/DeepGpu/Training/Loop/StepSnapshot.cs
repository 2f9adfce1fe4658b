using TorchSharp;

namespace DeepGpu;

/// <summary>What a step changes before it changes weights: moving statistics, sums of metrics, states of recurrent layers, the loss scale. A step that is tried again, or left out, begins from it.</summary>
internal sealed class StepSnapshot : IDisposable
{
    private readonly Compiled _compiled;
    private readonly torch.Tensor[] _buffers;
    private readonly torch.Tensor[] _saved;
    private List<torch.Tensor[]> _states = [];
    private (double Factor, int FiniteSteps) _scale;

    public StepSnapshot(Compiled compiled)
    {
        _compiled = compiled;
        _buffers = [.. compiled.Weights.Where(weight => !weight.Spec.Trainable || weight.IsChangedByPasses).Select(weight
            => weight.Tensor)];
        _saved = [.. Changing().Select(tensor => torch.empty_like(tensor).DetachFromDisposeScope())];
    }

    /// <summary>Remembers the present.</summary>
    public void Take()
    {
        Copy(Changing(), _saved);
        FreeStates();
        _states = [.. _compiled.StatefulLayers.Select(layer => layer.Kept.Select(state => state.clone().DetachFromDisposeScope()).ToArray())];
        _scale = (_compiled.Stepper.LossScale.Factor, _compiled.Stepper.LossScale.FiniteSteps);
    }

    /// <summary>Goes back to what was remembered.</summary>
    public void Restore()
    {
        Copy(_saved, Changing());
        foreach (var (layer, states) in _compiled.StatefulLayers.Zip(_states)) layer.Keep(states);
        (_compiled.Stepper.LossScale.Factor, _compiled.Stepper.LossScale.FiniteSteps) = _scale;
    }

    public void Dispose()
    {
        foreach (var tensor in _saved) tensor.Dispose();
        FreeStates();
    }

    /// <summary>Sums are other tensors after each reset, of the same sizes.</summary>
    private torch.Tensor[] Changing() => [.. _buffers, .. _compiled.Metrics.SelectMany(metric => metric.State.Sums)];

    private void FreeStates()
    {
        foreach (var state in _states.SelectMany(states => states)) state.Dispose();
    }

    private static void Copy(torch.Tensor[] from, torch.Tensor[] to)
    {
        using var noGradient = torch.no_grad();
        for (var i = 0; i < from.Length; i++) to[i].copy_(from[i]);
    }
}
