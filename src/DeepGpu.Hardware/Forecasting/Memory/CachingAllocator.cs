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

    private readonly FreeBlocks _small = new();
    private readonly FreeBlocks _large = new();
    private int _made;

    /// <summary>Bytes taken from the driver.</summary>
    public long Reserved { get; private set; }

    /// <summary>Bytes in use now.</summary>
    public long Used { get; private set; }

    /// <summary>The most bytes that were in use at once.</summary>
    public long PeakUsed { get; private set; }

    /// <summary>Takes memory; null for no bytes.</summary>
    public MemoryBlock? Take(double bytes)
    {
        if (bytes <= 0) return null;
        var size = (long)Math.Ceiling(bytes / Unit) * Unit;
        var pool = size <= SmallLimit ? _small : _large;
        var block = pool.TakeSmallest(size) ?? NewSegment(size, pool);
        Split(block, size);
        block.IsFree = false;
        Used += block.Size;
        PeakUsed = Math.Max(PeakUsed, Used);
        return block;
    }

    /// <summary>Gives memory back to the cache.</summary>
    public void Give(MemoryBlock? block)
    {
        if (block is null) return;
        Used -= block.Size;
        block.IsFree = true;
        if (block.Next is { IsFree: true } next) Join(block, next);
        if (block.Previous is { IsFree: true } previous) Join(block, previous);
        block.Pool.Add(block);
    }

    private MemoryBlock NewSegment(long size, FreeBlocks pool)
    {
        var segment = pool == _small ? SmallSegment : size < LargeLimit ? LargeSegment
            : (size + SmallSegment - 1) / SmallSegment * SmallSegment;
        Reserved += segment;
        return new(_made++, pool) { Size = segment };
    }

    /// <summary>What is left of a block that was taken, where it is large enough to be used.</summary>
    private void Split(MemoryBlock block, long size)
    {
        var rest = block.Size - size;
        if (block.Pool == _small ? rest < Unit : rest <= SmallLimit) return;
        var made = new MemoryBlock(_made++, block.Pool) { Size = rest, Previous = block, Next = block.Next, IsFree = true };
        if (made.Next is not null) made.Next.Previous = made;
        (block.Next, block.Size) = (made, size);
        made.Pool.Add(made);
    }

    /// <summary>Takes a free neighbour into a block.</summary>
    private static void Join(MemoryBlock block, MemoryBlock neighbour)
    {
        neighbour.Pool.Remove(neighbour);
        block.Size += neighbour.Size;
        if (neighbour == block.Next)
        {
            block.Next = neighbour.Next;
            if (block.Next is not null) block.Next.Previous = block;
        }
        else
        {
            block.Previous = neighbour.Previous;
            if (block.Previous is not null) block.Previous.Next = block;
        }
    }
}

/// <summary>A piece of a segment.</summary>
/// <param name="id">How many were made before it.</param>
/// <param name="pool">The free blocks that it returns to.</param>
internal sealed class MemoryBlock(int id, FreeBlocks pool)
{
    public int Id => id;

    public FreeBlocks Pool => pool;

    public long Size { get; set; }

    public bool IsFree { get; set; }

    /// <summary>The piece before it in its segment.</summary>
    public MemoryBlock? Previous { get; set; }

    /// <summary>The piece behind it in its segment.</summary>
    public MemoryBlock? Next { get; set; }

    /// <summary>The values whose gradient it holds.</summary>
    public int Holders { get; set; }
}

/// <summary>Free blocks of one pool, the smallest first, of equal ones the oldest.</summary>
internal sealed class FreeBlocks
{
    private readonly List<MemoryBlock> _blocks = [];

    public void Add(MemoryBlock block) => _blocks.Insert(PlaceOf(block.Size, block.Id), block);

    public void Remove(MemoryBlock block) => _blocks.RemoveAt(PlaceOf(block.Size, block.Id));

    /// <summary>The smallest that holds some bytes, no longer free; null where none does.</summary>
    public MemoryBlock? TakeSmallest(long size)
    {
        var place = PlaceOf(size, 0);
        if (place == _blocks.Count) return null;
        var block = _blocks[place];
        _blocks.RemoveAt(place);
        return block;
    }

    /// <summary>The place of the first block that is not before a size and an id.</summary>
    private int PlaceOf(long size, int id)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var block = _blocks[middle];
            if (block.Size < size || (block.Size == size && block.Id < id)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
