using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>A function of tensors inside a graph: an operation of keras.ops, from a literal list.</summary>
/// <remarks>It has no weights, and its axes count the batch as 0. Files of Keras 3 hold such operations by class name, those of Keras 2.4
/// to 2.15 as TFOpLambda and SlicingOpLambda; all are read as this layer, and written as Keras 3 writes them.
/// Keras: https://keras.io/api/ops/</remarks>
[KerasClass(IsListed = false, HasMethod = false)]
public sealed record TensorFunction : Layer
{
    private readonly ValueList<KeyValuePair<string, FunctionArgument>> _arguments;

    /// <summary>Creates a call of a function.</summary>
    /// <param name="function">Keras's class name of the operation, e.g. "Mean", "GetItem", "TrueDivide".</param>
    /// <param name="arguments">Its arguments by Keras's names, e.g. ("x", FunctionArgument.Input(0)), ("axis", 1). Where no operand is
    /// given, the operands are the inputs in order.</param>
    /// <exception cref="DeepGpuArgumentException">The function is not on the list, or has no argument of a name.</exception>
    public TensorFunction(string function, params IEnumerable<(string Name, FunctionArgument Value)> arguments)
    {
        Row = TensorFunctions.Find(function) ?? throw Require.OutOfRange(nameof(TensorFunction), nameof(function),
            $"one of {string.Join(", ", TensorFunctions.Names)}", function ?? "null");
        List<KeyValuePair<string, FunctionArgument>> given = [.. arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))];
        if (given.FirstOrDefault(a => !Row.Has(a.Key)) is { Key: { } unknown }) throw Require.OutOfRange(nameof(TensorFunction),
            nameof(arguments),
            $"arguments of {function}: {string.Join(", ", Row.Operands.Concat(Row.Options))}", unknown);
        _arguments = new([.. given]);
    }

    /// <summary>Keras's class name of the operation.</summary>
    public string Function => Row.Name;

    /// <summary>The arguments by Keras's names, in the order given.</summary>
    [JsonIgnore]
    public ImmutableArray<KeyValuePair<string, FunctionArgument>> Arguments => _arguments.Elements!.Value;

    /// <summary>What the list says of the function.</summary>
    [JsonIgnore]
    internal TensorFunctionRow Row { get; }

    /// <inheritdoc/>
    protected internal override string ClassName => Function;

    /// <inheritdoc/>
    protected internal override int OutputCount => Row.Outputs(this);

    /// <summary>An argument by name; null where it is left out or None.</summary>
    internal FunctionArgument? Argument(string name)
        => Arguments.FirstOrDefault(argument => argument.Key == name).Value is { } value and not NoArgument ? value : null;

    /// <summary>An operand by name; where none is given, the inputs in order.</summary>
    internal FunctionArgument? Operand(string name)
    {
        if (Row.Operands.Any(operand => Arguments.Any(argument => argument.Key == operand.TrimStart('*')))) return Argument(name);
        if (Row.Operands[0].StartsWith('*')) return null;
        return FunctionArgument.Input(Array.IndexOf(Row.Operands, name));
    }

    /// <summary>A whole number by name; null where it is left out.</summary>
    internal int? Integer(string name) => Argument(name) switch
    {
        null => null,
        NumberArgument number when double.IsInteger(number.Value) && Math.Abs(number.Value) <= int.MaxValue => (int)number.Value,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>Whole numbers by name, one alone as a list; null where they are left out.</summary>
    internal int[]? Integers(string name) => Argument(name) switch
    {
        null => null,
        NumberArgument => [Integer(name)!.Value],
        ListArgument list => [.. list.Items.Select(item => item is NumberArgument number ? (int)number.Value : item is NoArgument ? -1
            : throw Wrong(name, "whole numbers"))],
        ArrayArgument array => [.. array.Values.Numbers.Select(number => (int)number)],
        _ => throw Wrong(name, "whole numbers"),
    };

    /// <summary>A number by name.</summary>
    internal double? Number(string name) => Argument(name) switch
    {
        null => null,
        NumberArgument number => number.Value,
        ArrayArgument { Values.Shape.IsEmpty: true } array => array.Values.Numbers[0],
        _ => throw Wrong(name, "a number"),
    };

    /// <summary>A truth value by name; false where it is left out.</summary>
    internal bool Flag(string name) => Argument(name) is FlagArgument { Value: true };

    /// <summary>A text by name; null where it is left out.</summary>
    internal string? Text(string name) => Argument(name) switch
    {
        null => null,
        TextArgument text => text.Value,
        _ => throw Wrong(name, "a text"),
    };

    /// <summary>What a call needs whose argument is of another kind.</summary>
    internal ShapeException Wrong(string name, string needed) => new($"{needed} as '{name}' of {Function}", "Correct the argument.");

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Row.Shapes(new(this, inputs));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var outputs = OutputShapes(inputs);
        if (Row.Work == FunctionWork.View) return [DeepGpu.Models.Work.View(name, inputs, outputs)];
        var operation = DeepGpu.Models.Work.Of(name, OperationKind.Elementwise, inputs, outputs);
        if (Row.Work == FunctionWork.Copy) return [operation];
        var products = Row.Work == FunctionWork.Products ? 2 * FunctionProducts.Count(new(this, inputs)) : 0;
        return [operation with { ForwardFlops = products, BackwardFlops = 2 * products, SavesInputs = true }];
    }
}
