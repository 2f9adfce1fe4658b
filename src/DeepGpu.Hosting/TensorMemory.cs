using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DeepGpu.Hosting;

/// <summary>The elements of a dense tensor as bytes.</summary>
internal sealed class TensorMemory<T>(Tensor<T> tensor) : MemoryManager<byte>
    where T : unmanaged
{
    public override Span<byte> GetSpan()
        => tensor.TryGetSpan([.. Enumerable.Repeat((nint)0, tensor.Rank)], checked((int)tensor.FlattenedLength), out Span<T> span)
            ? MemoryMarshal.AsBytes(span) : throw new InvalidOperationException("The tensor is not dense.");

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = tensor.GetPinnedHandle();
        return new((byte*)handle.Pointer + elementIndex, default, new Pinned(handle));
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>Keeps the tensor's own handle until the caller's is disposed.</summary>
    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        private MemoryHandle _handle = handle;

        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException();

        public void Unpin() => _handle.Dispose();
    }
}
