using System.Collections.Immutable;
using System.Globalization;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>What <see cref="Constant"/> sets a weight to: one number, or an array that repeats along the weight's axes as in NumPy. The
/// default is 0.</summary>
/// <remarks>The axes of array and weight align at the end; an axis of length 1, or one that the array lacks, is repeated.</remarks>
public readonly struct ConstantValue : IEquatable<ConstantValue>
{
    private readonly ImmutableArray<double> _numbers;
    private readonly ImmutableArray<int> _shape;

    /// <summary>An array of any element type.</summary>
    /// <exception cref="DeepGpuArgumentException">It is empty, or a number is not finite.</exception>
    public ConstantValue(NDArray values)
        : this([.. ElementNumbers.Of(values ?? throw new ArgumentNullException(nameof(values)))], [.. values.Shape])
    {
    }

    internal ConstantValue(ImmutableArray<double> numbers, ImmutableArray<int> shape)
    {
        if (numbers.IsEmpty) throw Require.OutOfRange(nameof(Constant), "value", "a number, or an array of at least one", "an empty array");
        foreach (var number in numbers) Require.Finite(number, nameof(Constant), "value");
        (_numbers, _shape) = (numbers, shape);
    }

    /// <summary>The numbers, the last axis fastest.</summary>
    public ImmutableArray<double> Numbers => _numbers.IsDefault ? [0] : _numbers;

    /// <summary>The length of each axis; empty for one number.</summary>
    public ImmutableArray<int> Shape => _shape.IsDefault ? [] : _shape;

    /// <summary>One number.</summary>
    public static implicit operator ConstantValue(double value) => new([value], []);

    /// <summary>A number for each position of the weight's last axis.</summary>
    public static implicit operator ConstantValue(double[] values)
        => new(NDArray.From<double>(values, values?.Length ?? throw new ArgumentNullException(nameof(values))));

    /// <summary>An array of any element type.</summary>
    public static implicit operator ConstantValue(NDArray values) => new(values);

    /// <summary>Whether both are the same numbers of the same shape.</summary>
    public static bool operator ==(ConstantValue left, ConstantValue right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ConstantValue left, ConstantValue right) => !left.Equals(right);

    /// <summary>The same as the conversion of one number.</summary>
    public static ConstantValue FromDouble(double value) => value;

    /// <summary>The same as the conversion of numbers.</summary>
    public static ConstantValue FromDoubleArray(double[] values) => values;

    /// <summary>The same as the conversion of an array.</summary>
    public static ConstantValue FromNDArray(NDArray values) => values;

    /// <inheritdoc/>
    public bool Equals(ConstantValue other) => Shape.SequenceEqual(other.Shape) && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ConstantValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(Shape.Length, HashCode.Combine);

    /// <summary>The number, or the array's shape.</summary>
    public override string ToString()
        => Shape.IsEmpty ? Numbers[0].ToString(CultureInfo.InvariantCulture) : $"an array of shape ({string.Join(", ", Shape)})";

    /// <summary>Whether it repeats to a weight's shape.</summary>
    internal bool Fills(ImmutableArray<int> weight)
    {
        var own = Shape;
        return own.Length <= weight.Length && own.Reverse().Zip(weight.Reverse()).All(axis => axis.First == 1 || axis.First == axis.Second);
    }
}
