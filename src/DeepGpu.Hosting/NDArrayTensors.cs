using System.Numerics.Tensors;
using DeepGpu.Hosting;

namespace DeepGpu;

/// <summary>Arrays and .NET's tensors (System.Numerics.Tensors), without a copy.</summary>
public static class NDArrayTensors
{
    /// <summary>The array as a tensor that is read, without a copy.</summary>
    /// <param name="array">The array.</param>
    /// <exception cref="InvalidOperationException">The array holds another element type.</exception>
    public static ReadOnlyTensorSpan<T> AsTensorSpan<T>(this NDArray array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        return new(array.AsSpan<T>(), [.. array.Shape.Select(length => (nint)length)]);
    }

    /// <summary>The tensor as an array: without a copy where its elements lie one after another, so that later changes of the tensor change
    /// the array; else a copy.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="DeepGpuArgumentException">It has more than 2 GiB, or its elements are of no type that arrays hold.</exception>
    public static NDArray ToNDArray<T>(this Tensor<T> tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var dense = tensor.IsDense ? tensor : tensor.ToDenseTensor();
        int[] shape = [.. dense.Lengths.ToArray().Select(length => checked((int)length))];
        return new(TypeOf<T>(), shape, new TensorMemory<T>(dense).Memory);
    }

    private static DataType TypeOf<T>()
        where T : unmanaged => NDArray.From<T>([], 0).Type;
}
