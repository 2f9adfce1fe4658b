using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>A live function of tensors. Masks end here, as at every operation of keras.ops.</summary>
internal sealed class LiveTensorFunction(TensorFunction function, LoweringContext context) : LiveLayer
{
    private readonly FunctionValues _values = new(function, context);
    private readonly Func<FunctionPass, IReadOnlyList<torch.Tensor>> _run = FunctionTable.Find(function.Function);

    /// <summary>A function works in the formats of its inputs: positions stay whole numbers.</summary>
    public override bool CastsInputs => false;

    public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        => [.. _run(new(function, _values, inputs)).Select(output => new Signal(output))];
}

/// <summary>One pass through a function.</summary>
internal sealed record FunctionPass(TensorFunction Function, FunctionValues Values, IReadOnlyList<Signal> Inputs)
{
    /// <summary>The operand "x".</summary>
    public torch.Tensor X => Operand("x");

    public torch.Tensor Operand(string name) => Values.Operand(name, Inputs);

    /// <summary>An option's axis, counted from 0.</summary>
    public int Axis(int otherwise, int rank) => Axes.Resolve(Function.Integer("axis") ?? otherwise, rank);

    /// <summary>The axes of an option, counted from 0; every axis where it is left out.</summary>
    public long[] AxesOf(torch.Tensor x)
        => [.. (Function.Integers("axis") ?? Enumerable.Range(0, (int)x.dim())).Select(axis => (long)Axes.Resolve(axis, (int)x.dim()))];
}
