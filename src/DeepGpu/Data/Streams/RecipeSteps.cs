using DeepGpu.Numbers;

namespace DeepGpu.Data;

/// <summary>Changes every item.</summary>
/// <param name="source">What comes before.</param>
/// <param name="change">The change, with random numbers that seed, epoch and the item's number decide.</param>
internal sealed class MapRecipe<TIn, TOut>(Recipe<TIn> source, Func<TIn, Random, TOut?> change) : StepRecipe<TIn, TOut>(source)
    where TIn : class
    where TOut : class
{
    public override IEnumerable<Pending<TOut>> Read(StreamPass pass)
        => Source.Read(pass).Select(item => new Pending<TOut>(item.Index, item.Name,
            () => item.Compute() is { } value ? change(value, new SampleRandom(pass.Seed, pass.Epoch, item.Index, Depth)) : null));
}

/// <summary>Some items of a sequence.</summary>
/// <param name="source">What comes before.</param>
/// <param name="skip">How many are left out at the start.</param>
/// <param name="take">How many follow at most.</param>
internal sealed class PartRecipe<T>(Recipe<T> source, long skip, long take) : StepRecipe<T, T>(source)
    where T : class
{
    public override long? Count => Source.Count is { } count ? Math.Min(Math.Max(count - skip, 0), take) : null;

    public override IEnumerable<Pending<T>> Read(StreamPass pass)
    {
        var (position, end) = (0L, take > long.MaxValue - skip ? long.MaxValue : skip + take);
        if (take == 0) yield break;
        foreach (var item in Source.Read(pass))
        {
            if (position >= skip) yield return item;
            if (++position >= end) yield break;
        }
    }
}

/// <summary>One sequence after another.</summary>
internal sealed class JoinRecipe<T>(Recipe<T> source, Recipe<T> next) : StepRecipe<T, T>(source)
    where T : class
{
    public override long? Count => Source.Count + next.Count;

    public override bool MayLeaveOut => Source.MayLeaveOut || next.MayLeaveOut;

    public override int Depth => Math.Max(Source.Depth, next.Depth) + 1;

    public override IEnumerable<Pending<T>> Read(StreamPass pass)
    {
        var end = 0L;
        foreach (var item in Source.Read(pass))
        {
            end = Math.Max(end, item.Index + 1);
            yield return item;
        }

        foreach (var item in next.Read(pass)) yield return item with { Index = end + item.Index };
    }
}

/// <summary>Another order: from a buffer that is kept full, one item at random follows.
/// The items are not computed while they wait, so a large buffer is cheap.</summary>
/// <param name="source">What comes before.</param>
/// <param name="bufferSize">How many items wait.</param>
/// <param name="seed">Decides the order; null for the pass's.</param>
internal sealed class ShuffleRecipe<T>(Recipe<T> source, int bufferSize, long? seed) : StepRecipe<T, T>(source)
    where T : class
{
    public override IEnumerable<Pending<T>> Read(StreamPass pass)
    {
        var random = new StableRandom(seed ?? pass.Seed, pass.Epoch, Depth);
        var buffer = new List<Pending<T>>();
        foreach (var item in Source.Read(pass))
        {
            buffer.Add(item);
            if (buffer.Count > bufferSize) yield return Pop(buffer, random);
        }

        while (buffer.Count > 0) yield return Pop(buffer, random);
    }

    private static Pending<T> Pop(List<Pending<T>> buffer, StableRandom random)
    {
        var at = random.NextInt(buffer.Count);
        var item = buffer[at];
        buffer[at] = buffer[^1];
        buffer.RemoveAt(buffer.Count - 1);
        return item;
    }
}
