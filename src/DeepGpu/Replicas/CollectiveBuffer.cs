namespace DeepGpu;

/// <summary>Contiguous memory that an operation of <see cref="ICollective"/> reads and writes. It does not own the memory.</summary>
/// <param name="Address">Where it begins; in a GPU's memory if <paramref name="IsOnGpu"/>.</param>
/// <param name="Count">How many elements.</param>
/// <param name="Type">Their format.</param>
/// <param name="IsOnGpu">Whether it lies in the memory of a GPU.</param>
public readonly record struct CollectiveBuffer(nint Address, long Count, DataType Type, bool IsOnGpu = false);
