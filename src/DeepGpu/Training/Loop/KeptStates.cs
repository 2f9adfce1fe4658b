using DeepGpu.Lowering;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Copies of what stateful recurrent layers keep from batch to batch.</summary>
internal sealed class KeptStates(IReadOnlyList<LiveSequence> layers) : IDisposable
{
    private List<torch.Tensor[]> _states = [];

    /// <summary>Remembers the present.</summary>
    public void Take()
    {
        Dispose();
        _states = [.. layers.Select(layer => layer.Kept.Select(state => state.clone().DetachFromDisposeScope()).ToArray())];
    }

    /// <summary>Goes back to what was remembered.</summary>
    public void Restore()
    {
        foreach (var (layer, states) in layers.Zip(_states)) layer.Keep(states);
    }

    public void Dispose()
    {
        foreach (var state in _states.SelectMany(states => states)) state.Dispose();
        _states = [];
    }
}
