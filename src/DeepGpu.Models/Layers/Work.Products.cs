using System.Collections.Immutable;

namespace DeepGpu.Models.Layers;

/// <summary>What a convolution does at each position.</summary>
/// <param name="Kernel">The kernel's lengths.</param>
/// <param name="Strides">The steps between positions.</param>
/// <param name="Channels">Input channels.</param>
/// <param name="Filters">Output channels.</param>
/// <param name="Groups">Parts that the channels are split into.</param>
internal sealed record KernelWork(ImmutableArray<int> Kernel, ImmutableArray<int> Strides, int Channels, int Filters, int Groups)
{
    /// <summary>Whether every input position is spread over the output instead.</summary>
    public bool IsTransposed { get; init; }

    public long Cells => Kernel.Aggregate(1L, (product, length) => product * length);

    public long Weights => Cells * Channels / Groups * Filters;

    /// <summary>As a matrix product; a transposed convolution is the gradient of one, so that input and output change places.</summary>
    public MatrixProduct Product(double inputColumns, double outputColumns) => IsTransposed
        ? new(Filters, Channels, Cells, inputColumns, outputColumns, Groups, IsUnit(Strides), IsSquare)
        : new(Filters, Channels, Cells, outputColumns, inputColumns, Groups, IsUnit(Strides), IsSquare);

    private bool IsSquare => Kernel.All(length => length == Kernel[0]);

    private static bool IsUnit(ImmutableArray<int> lengths) => lengths.All(length => length == 1);
}

/// <content>Products with weights.</content>
internal static partial class Work
{
    /// <summary>A convolution, its bias, and the function after it.</summary>
    public static IReadOnlyList<Operation> Convolution(string name, KernelWork kernel, IReadOnlyList<Shape> inputs, Shape sums,
        bool useBias, Activation activation)
    {
        var product = kernel.Product((double)inputs[0].Elements!.Value / kernel.Channels, (double)sums.Elements!.Value / kernel.Filters);
        var count = product.Columns * kernel.Weights;
        var written = sums.Elements!.Value;
        var operation = MultiplyAdds(name, OperationKind.Convolution, count,
            kernel.Weights + (useBias ? kernel.Filters : 0), inputs, [sums]) with
        {
            Product = product,
            ForwardElements = useBias ? 2 * written : 0,
            BackwardElements = useBias ? written : 0,
            ForwardLaunches = useBias ? 2 : 1,
            BackwardLaunches = useBias ? 3 : 2,
            WorkspaceElements = (long)(product.Depth * product.Columns),
        };
        return [operation, .. Function(name, activation, sums)];
    }

    /// <summary>A product along the last axes, its bias (added by the same kernel), and the function after it.</summary>
    public static IReadOnlyList<Operation> Dense(string name, double features, IReadOnlyList<Shape> inputs, Shape sums,
        bool useBias, Activation activation)
    {
        var columns = inputs[0].Elements!.Value / features;
        var units = (long)(sums.Elements!.Value / columns);
        var operation = MultiplyAdds(name, OperationKind.MatrixMultiply, columns * features * units,
            (long)features * units + (useBias ? units : 0), inputs, [sums]) with
        {
            Product = new(units, (long)features, 1, columns, columns),
        };
        return [operation, .. Function(name, activation, sums)];
    }

    /// <summary>A product as a quantised or adapted layer does it: what its weights take in memory, which of them are trained, and A . B
    /// beside it.</summary>
    /// <remarks>Weights in fewer bits count as as many elements as take the same memory in single precision.</remarks>
    public static IReadOnlyList<Operation> Adapted(IReadOnlyList<Operation> operations, IAdaptable layer, IReadOnlyList<Shape> inputs)
    {
        if (layer.Quantization is null && layer.LoraRank is null) return operations;
        return Adapted(operations, layer.Owner.Weights(inputs), [(layer, layer.Form(inputs[0]))]);
    }

    /// <summary>The same of a layer with several kernels, of which some are adapted.</summary>
    public static IReadOnlyList<Operation> Adapted(IReadOnlyList<Operation> operations, IAdaptableParts layer, IReadOnlyList<Shape> inputs)
    {
        var parts = layer.AdaptableParts(inputs).Where(part => part.LoraRank is not null).ToList();
        return parts.Count == 0 ? operations
            : Adapted(operations, ((Layer)layer).Weights(inputs), [.. parts.Select(part => ((IAdaptable)part, part.Matrix))]);
    }

    private static IReadOnlyList<Operation> Adapted(IReadOnlyList<Operation> operations, IReadOnlyList<WeightSpec> weights,
        IReadOnlyList<(IAdaptable Layer, MatrixForm Form)> kernels)
    {
        var first = operations[0];
        double Sum(Func<IAdaptable, double> factor) => kernels.Sum(kernel => factor(kernel.Layer) * kernel.Form.Count);
        var (beside, changed) = (Sum(kernel => kernel.LoraRank ?? 0), Sum(kernel => kernel.LoraRank is null ? 0 : 1));
        var adapted = first with
        {
            WeightElements = (weights.Sum(weight => weight.Count * (weight.ElementType?.ByteSize() ?? 4)) + 3) / 4,
            TrainableWeightElements = weights.Where(weight => weight.Trainable).Sum(weight => weight.Count),
            ForwardFlops = first.ForwardFlops + 2 * beside,
            BackwardFlops = first.BackwardFlops + 4 * beside,
            ForwardElements = first.ForwardElements + Sum(kernel => kernel.Quantization is null ? 0 : 2) + 3 * changed,
            BackwardElements = first.BackwardElements + 2 * changed,
            ForwardLaunches = first.ForwardLaunches + 2 * kernels.Count,
            SavedElements = first.SavedElements + (long)changed,
        };
        return [adapted, .. operations.Skip(1)];
    }

    /// <summary>A cell run along time: each step's gates and states are kept for the backward pass.</summary>
    public static Operation Recurrent(string name, int steps, Recurrence shape, RecurrentCell cell, Shape step)
    {
        var read = steps * step.Elements!.Value;
        var written = steps * shape.Rows * shape.Units;
        return MultiplyAdds(name, OperationKind.Recurrent, steps * cell.MultiplyAdds(step),
            cell.CellWeights(step).Sum(weight => weight.Count), [], []) with
        {
            InputElements = read,
            OutputElements = written,
            SequentialSteps = steps,
            Recurrence = shape,
            SavedElements = (shape.Gates + cell.StateCount) * written,
        };
    }
}
