using System.Collections.Immutable;
using DeepGpu.Models;
using DeepGpu.Models.Layers;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>A live function's operands: tensors of the pass, or constants that lie on the model's device.</summary>
internal sealed class FunctionValues
{
    private readonly TensorFunction _function;
    private readonly Dictionary<FunctionArgument, torch.Tensor> _constants = new(ReferenceEqualityComparer.Instance);

    public FunctionValues(TensorFunction function, LoweringContext context)
    {
        _function = function;
        var type = context.Policy.ComputeType();
        foreach (var name in function.Row.Operands.Select(name => name.TrimStart('*')).Where(name => name != "key"))
        {
            foreach (var argument in Listed(name).Where(argument => argument is not InputArgument)) Add(argument, type, context);
        }
    }

    /// <summary>An operand that must be there.</summary>
    public torch.Tensor Operand(string name, IReadOnlyList<Signal> inputs) => Of(_function.Operand(name)!, inputs);

    /// <summary>The tensors of a list: every input where none is given.</summary>
    public List<torch.Tensor> Operands(string name, IReadOnlyList<Signal> inputs)
        => _function.Argument(name) is null ? [.. inputs.Select(input => input.Tensor)]
            : [.. Listed(name).Select(argument => Of(argument, inputs))];

    private torch.Tensor Of(FunctionArgument argument, IReadOnlyList<Signal> inputs)
        => argument is InputArgument input ? inputs[input.Index].Tensor : _constants[argument];

    private ImmutableArray<FunctionArgument> Listed(string name) => _function.Argument(name) switch
    {
        null => [],
        ListArgument list when FunctionNumbers.Array(list) is null => list.Items,
        var one => [one],
    };

    private void Add(FunctionArgument argument, torch.ScalarType type, LoweringContext context)
    {
        if (Numbers(argument) is not { } values) return;
        var isWhole = argument is NumberArgument { IsWhole: true };
        using var scope = torch.NewDisposeScope();
        var tensor = torch.tensor(values.Numbers.ToArray()).reshape([.. values.Shape.Select(length => (long)length)]);
        _constants[argument] = context.Constant(tensor.MoveToOuterDisposeScope(), argument is FlagArgument ? torch.ScalarType.Bool
            : isWhole ? torch.ScalarType.Int64 : type);
    }

    private static ConstantValue? Numbers(FunctionArgument argument) => argument switch
    {
        NumberArgument number => number.Value,
        FlagArgument flag => flag.Value ? 1 : 0,
        ArrayArgument array => array.Values,
        ListArgument list => FunctionNumbers.Array(list),
        _ => null,
    };
}
