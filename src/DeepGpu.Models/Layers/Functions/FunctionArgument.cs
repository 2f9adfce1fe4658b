using System.Collections.Immutable;
using System.Globalization;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>An argument of a <see cref="TensorFunction"/>: one of its inputs, or a value that stands in the description.</summary>
/// <remarks>Numbers, truth values, texts and lists convert by themselves.</remarks>
public abstract record FunctionArgument
{
    private protected FunctionArgument()
    {
    }

    /// <summary>No value: Python's None. In an index, a new axis of length 1.</summary>
    public static FunctionArgument None { get; } = new NoArgument();

    /// <summary>Every axis that an index does not name: Python's "...".</summary>
    public static FunctionArgument Ellipsis { get; } = new EllipsisArgument();

    /// <summary>An input of the call.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="DeepGpuArgumentException">The number is negative.</exception>
    public static FunctionArgument Input(int index)
        => new InputArgument(Require.AtLeast(index, 0, nameof(FunctionArgument), nameof(index)));

    /// <summary>A part of an axis in an index: Python's start:stop:step.</summary>
    /// <param name="start">The first position, negative counting from the end; null for the end the step comes from.</param>
    /// <param name="stop">The first position left out; null for none.</param>
    /// <param name="step">The step, not 0; null for 1.</param>
    /// <exception cref="DeepGpuArgumentException">The step is 0.</exception>
    public static FunctionArgument Slice(int? start = null, int? stop = null, int? step = null)
        => step == 0 ? throw Require.OutOfRange(nameof(FunctionArgument), nameof(step), "a step that is not 0", 0)
            : new SliceArgument(start, stop, step ?? 1);

    /// <summary>Several values in order.</summary>
    public static FunctionArgument List(params IEnumerable<FunctionArgument> items) => new ListArgument([.. items]);

    /// <summary>An array of numbers.</summary>
    public static FunctionArgument Array(ConstantValue values) => new ArrayArgument(values);

    /// <summary>A whole number.</summary>
    public static implicit operator FunctionArgument(int value) => new NumberArgument(value, IsWhole: true);

    /// <summary>A number.</summary>
    public static implicit operator FunctionArgument(double value) => new NumberArgument(value, IsWhole: false);

    /// <summary>A truth value.</summary>
    public static implicit operator FunctionArgument(bool value) => new FlagArgument(value);

    /// <summary>A text.</summary>
    public static implicit operator FunctionArgument(string value) => new TextArgument(value);

    /// <summary>A list of whole numbers.</summary>
    public static implicit operator FunctionArgument(int[] values) => List((values ?? []).Select(value => (FunctionArgument)value));

    /// <summary>The same as the conversion of a whole number.</summary>
    public static FunctionArgument FromInt32(int value) => value;

    /// <summary>The same as the conversion of a number.</summary>
    public static FunctionArgument FromDouble(double value) => value;

    /// <summary>The same as the conversion of a truth value.</summary>
    public static FunctionArgument FromBoolean(bool value) => value;

    /// <summary>The same as the conversion of a text.</summary>
    public static FunctionArgument FromString(string value) => value;

    /// <summary>The same as the conversion of whole numbers.</summary>
    public static FunctionArgument FromInt32Array(int[] values) => values;
}

/// <summary>Python's None.</summary>
internal sealed record NoArgument : FunctionArgument;

/// <summary>Python's "...".</summary>
internal sealed record EllipsisArgument : FunctionArgument;

/// <summary>An input of the call by its position.</summary>
internal sealed record InputArgument(int Index) : FunctionArgument;

/// <summary>A number, and whether it was written as a whole one.</summary>
internal sealed record NumberArgument(double Value, bool IsWhole) : FunctionArgument
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A truth value.</summary>
internal sealed record FlagArgument(bool Value) : FunctionArgument;

/// <summary>A text.</summary>
internal sealed record TextArgument(string Value) : FunctionArgument;

/// <summary>A part of an axis.</summary>
internal sealed record SliceArgument(int? Start, int? Stop, int Step) : FunctionArgument;

/// <summary>An array of numbers.</summary>
internal sealed record ArrayArgument(ConstantValue Values) : FunctionArgument;

/// <summary>Several values in order.</summary>
internal sealed record ListArgument : FunctionArgument
{
    private readonly ValueList<FunctionArgument> _items;

    public ListArgument(ImmutableArray<FunctionArgument> items) => _items = new(items);

    /// <summary>The values.</summary>
    public ImmutableArray<FunctionArgument> Items => _items.Elements!.Value;
}
