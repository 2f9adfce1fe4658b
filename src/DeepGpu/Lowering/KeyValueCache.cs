using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>What attentions keep of earlier steps while a model generates. Sequences stand left: what stands after a shorter one is
/// written over, and seen by nobody before.</summary>
/// <param name="limit">The most steps of a sequence.</param>
internal sealed class KeyValueCache(long limit) : IDisposable
{
    private const long Smallest = 64;

    private readonly List<torch.Tensor> _kept = [];
    private int _next;

    /// <summary>The places of the steps that this pass runs over, (batch, steps).</summary>
    public torch.Tensor Positions { get; private set; } = null!;

    /// <summary>The steps of the longest sequence, those of this pass among them.</summary>
    public long Length { get; private set; }

    /// <summary>The steps of the longest sequence, those of later passes over the same prompt among them: what angles may depend
    /// on.</summary>
    public long Whole { get; private set; }

    /// <summary>Begins a pass.</summary>
    /// <param name="positions">The places of its steps, (batch, steps).</param>
    /// <param name="length">The steps of the longest sequence, those of the pass among them.</param>
    /// <param name="whole">The same with those of later passes over the same prompt.</param>
    public void Begin(torch.Tensor positions, long length, long whole) => (Positions, Length, Whole, _next) = (positions, length, whole, 0);

    /// <summary>Adds this pass's steps to those kept. The calls of a pass are told apart by their order.</summary>
    /// <param name="values">(batch, heads, steps, features).</param>
    /// <returns>All steps, (batch, heads, length, features).</returns>
    public torch.Tensor Extend(torch.Tensor values)
    {
        var at = _next++;
        if (at == _kept.Count) _kept.Add(Room(values));
        else if (_kept[at].shape[2] < Length) Grow(at);
        var places = Positions.unsqueeze(1).unsqueeze(-1).expand(values.shape);
        _kept[at].scatter_(2, places, values);
        return _kept[at].narrow(2, 0, Length);
    }

    public void Dispose()
    {
        foreach (var kept in _kept) kept.Dispose();
        _kept.Clear();
    }

    private void Grow(int at)
    {
        var old = _kept[at];
        _kept[at] = Room(old);
        _kept[at].narrow(2, 0, old.shape[2]).copy_(old);
        old.Dispose();
    }

    /// <summary>Room for as many steps as there are and as many again, zeros: nothing that is not a number is weighed, with 0.</summary>
    private torch.Tensor Room(torch.Tensor like)
        => torch.zeros(
            [like.shape[0], like.shape[1], Math.Min(limit, Math.Max(Smallest, 2 * Length)), like.shape[3]], like.dtype, like.device)
            .DetachFromDisposeScope();
}
