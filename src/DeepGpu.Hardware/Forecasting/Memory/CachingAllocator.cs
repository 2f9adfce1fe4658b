using System.Runtime.InteropServices;

namespace DeepGpu.Hardware;

/// <summary>PyTorch's caching allocator of device memory, as far as it decides how much is reserved.</summary>
/// <remarks>Sizes are rounded to 512 bytes. Up to 1 MiB come from segments of 2 MiB; below 10 MiB from segments of 20 MiB; larger ones
/// from segments of their own, rounded to 2 MiB. The smallest free block that fits is taken and split; neighbours that are free are joined.
/// pytorch/c10/cuda/CUDACachingAllocator.cpp.</remarks>
internal sealed class CachingAllocator
{
    private const long Mebi = 1 << 20;
    private const long Unit = 512;
    private const long SmallLimit = Mebi;
    private const long SmallSegment = 2 * Mebi;
    private const long LargeSegment = 20 * Mebi;
    private const long LargeLimit = 10 * Mebi;

    private readonly List<Block> _blocks = [];
    private readonly SortedSet<(long Size, int Id)>[] _free = [[], []];

    /// <summary>Bytes taken from the driver.</summary>
    public long Reserved { get; private set; }

    /// <summary>Bytes in use now.</summary>
    public long Used { get; private set; }

    /// <summary>The most bytes that were in use at once.</summary>
    public long PeakUsed { get; private set; }

    /// <summary>Takes memory; -1 for no bytes.</summary>
    public int Take(double bytes)
    {
        if (bytes <= 0) return -1;
        var size = (long)Math.Ceiling(bytes / Unit) * Unit;
        var pool = size <= SmallLimit ? 0 : 1;
        var id = FirstFit(size, pool) ?? NewSegment(size, pool);
        Split(id, size, pool);
        Mutable(id).IsFree = false;
        Used += Mutable(id).Size;
        PeakUsed = Math.Max(PeakUsed, Used);
        return id;
    }

    /// <summary>Gives memory back to the cache.</summary>
    public void Give(int id)
    {
        if (id < 0) return;
        Used -= Mutable(id).Size;
        Mutable(id).IsFree = true;
        Join(id, Mutable(id).Next, isNext: true);
        Join(id, Mutable(id).Previous, isNext: false);
        _free[Mutable(id).Pool].Add((Mutable(id).Size, id));
    }

    private int? FirstFit(long size, int pool)
    {
        var fitting = _free[pool].GetViewBetween((size, -1), (long.MaxValue, 0));
        if (fitting.Count == 0) return null;
        var least = fitting.Min;
        _free[pool].Remove(least);
        return least.Id;
    }

    private int NewSegment(long size, int pool)
    {
        var segment = pool == 0 ? SmallSegment : size < LargeLimit ? LargeSegment : (size + SmallSegment - 1) / SmallSegment * SmallSegment;
        Reserved += segment;
        _blocks.Add(new() { Size = segment, Pool = pool, Previous = -1, Next = -1 });
        return _blocks.Count - 1;
    }

    private void Split(int id, long size, int pool)
    {
        var rest = Mutable(id).Size - size;
        if (pool == 0 ? rest < Unit : rest <= SmallLimit) return;
        _blocks.Add(new() { Size = rest, Pool = pool, Previous = id, Next = Mutable(id).Next, IsFree = true });
        var made = _blocks.Count - 1;
        if (Mutable(id).Next >= 0) Mutable(Mutable(id).Next).Previous = made;
        Mutable(id).Next = made;
        Mutable(id).Size = size;
        _free[pool].Add((rest, made));
    }

    private void Join(int id, int other, bool isNext)
    {
        if (other < 0 || !Mutable(other).IsFree) return;
        _free[Mutable(id).Pool].Remove((Mutable(other).Size, other));
        Mutable(id).Size += Mutable(other).Size;
        var beyond = isNext ? Mutable(other).Next : Mutable(other).Previous;
        if (isNext) Mutable(id).Next = beyond;
        else Mutable(id).Previous = beyond;
        if (beyond < 0) return;
        if (isNext) Mutable(beyond).Previous = id;
        else Mutable(beyond).Next = id;
    }

    private ref Block Mutable(int id) => ref CollectionsMarshal.AsSpan(_blocks)[id];

    private struct Block
    {
        public long Size;
        public int Pool;
        public int Previous;
        public int Next;
        public bool IsFree;
    }
}
