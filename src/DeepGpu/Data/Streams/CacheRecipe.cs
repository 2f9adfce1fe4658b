namespace DeepGpu.Data;

/// <summary>Keeps what was computed. The steps before run once, as in the first epoch,
/// so that a training that is resumed later sees the same.</summary>
internal sealed class CacheRecipe<T>(Recipe<T> source) : StepRecipe<T, T>(source)
    where T : class
{
    private readonly List<Slot> _slots = [];
    private volatile bool _isComplete;

    public override long? Count => _isComplete ? _slots.Count : Source.Count;

    public override IEnumerable<Pending<T>> Read(StreamPass pass)
        => (_isComplete ? _slots : Fill(pass with { Epoch = 1 })).Select(slot => slot.Pending);

    private IEnumerable<Slot> Fill(StreamPass pass)
    {
        var position = 0;
        foreach (var item in Source.Read(pass)) yield return SlotAt(position++, item);
        _isComplete = true;
    }

    private Slot SlotAt(int position, Pending<T> item)
    {
        lock (_slots)
        {
            if (position == _slots.Count) _slots.Add(new(item));
            return _slots[position];
        }
    }

    /// <summary>A place for one item. Computed by the first who asks; an error is not kept.</summary>
    private sealed class Slot(Pending<T> item)
    {
        private readonly Lock _gate = new();
        private Func<T?>? _compute = item.Compute;
        private T? _value;

        public Pending<T> Pending => new(item.Index, item.Name, Get);

        private T? Get()
        {
            lock (_gate)
            {
                if (_compute is { } compute) (_value, _compute) = (compute(), null);
                return _value;
            }
        }
    }
}
