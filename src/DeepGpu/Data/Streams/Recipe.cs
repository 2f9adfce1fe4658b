namespace DeepGpu.Data;

/// <summary>One reading of a recipe: what decides its order and its random numbers.</summary>
/// <param name="Seed">Decides order and random numbers where a step has no seed of its own.</param>
/// <param name="Epoch">Decides them too: from 1.</param>
/// <param name="Cancellation">Ends the reading.</param>
internal readonly record struct StreamPass(long Seed, int Epoch, CancellationToken Cancellation);

/// <summary>One item of a pass, not computed yet: a file not decoded, a window not cut. Any thread may compute it.</summary>
/// <param name="Index">Its number in the source, which stays with it through every step.</param>
/// <param name="Name">What a person finds it by, e.g. a path; null for its number.</param>
/// <param name="Compute">Makes the item; null where it is left out.</param>
internal readonly record struct Pending<T>(long Index, string? Name, Func<T?> Compute)
    where T : class
{
    /// <summary>Makes the item. An error names it.</summary>
    public T? Run()
    {
        try
        {
            return Compute();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw DataStreamException.Of(Index, Name, e);
        }
    }
}

/// <summary>How a sequence of items is made, again for every pass.
/// Reading it costs next to nothing: computing the items is the work.</summary>
internal abstract class Recipe<T>
    where T : class
{
    /// <summary>The number of items; null where only reading tells.</summary>
    public abstract long? Count { get; }

    /// <summary>Whether items may turn out to be left out when they are computed.</summary>
    public abstract bool MayLeaveOut { get; }

    /// <summary>The number of steps before this one: makes the random numbers of two steps differ.</summary>
    public abstract int Depth { get; }

    /// <summary>The items in order.</summary>
    public abstract IEnumerable<Pending<T>> Read(StreamPass pass);
}

/// <summary>Items that come from outside.</summary>
/// <param name="count">Their number; null where only reading tells.</param>
/// <param name="read">Reads them for a pass.</param>
/// <param name="mayLeaveOut">Whether some may be left out.</param>
internal sealed class SourceRecipe<T>(long? count, Func<StreamPass, IEnumerable<Pending<T>>> read, bool mayLeaveOut = false) : Recipe<T>
    where T : class
{
    public override long? Count => count;

    public override bool MayLeaveOut => mayLeaveOut;

    public override int Depth => 0;

    /// <summary>Items found by their number.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="name">What one is called.</param>
    /// <param name="item">Makes one; any thread may call it.</param>
    /// <param name="mayLeaveOut">Whether it may leave some out.</param>
    public static SourceRecipe<T> Indexed(int count, Func<int, string?> name, Func<int, T?> item, bool mayLeaveOut = false)
        => new(count, _ => Enumerable.Range(0, count).Select(i => new Pending<T>(i, name(i), () => item(i))), mayLeaveOut);

    public override IEnumerable<Pending<T>> Read(StreamPass pass) => read(pass);
}

/// <summary>What steps after another step have in common.</summary>
internal abstract class StepRecipe<TIn, TOut>(Recipe<TIn> source) : Recipe<TOut>
    where TIn : class
    where TOut : class
{
    public override long? Count => Source.Count;

    public override bool MayLeaveOut => Source.MayLeaveOut;

    public override int Depth => Source.Depth + 1;

    protected Recipe<TIn> Source { get; } = source;
}
