namespace DeepGpu.Export;

/// <summary>A batch normalization after a convolution or a dense layer becomes part of its kernel and bias.</summary>
/// <remarks>gamma (W x + b - mean) / sqrt(variance + epsilon) + beta is a product with W scaled, and another bias.</remarks>
internal static class BatchNormalizationFolding
{
    /// <summary>The nodes with every normalization folded that is the only reader of a product with known numbers.</summary>
    public static IReadOnlyList<GraphNode> Folded(GraphWriter graph, IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphValue> outputs)
    {
        var makers = nodes.Where(IsFoldable).ToDictionary(node => node.Outputs[0]!);
        var readers = nodes.SelectMany(node => node.Reads).Concat(outputs).GroupBy(value => value).ToDictionary(g => g.Key, g => g.Count());
        var folded = nodes.ToList();
        foreach (var normalization in nodes.Where(node => node.Operator == "BatchNormalization"))
        {
            var input = normalization.Inputs[0]!;
            if (!makers.TryGetValue(input, out var product) || readers[input] > 1) continue;
            folded[folded.IndexOf(product)] = Joined(graph, product, normalization);
            folded.Remove(normalization);
        }

        return folded;
    }

    private static bool IsFoldable(GraphNode product)
        => product.Operator is "Conv" or "Gemm" && product.Inputs.Skip(1).All(input => input is null or { Constant: not null });

    private static GraphNode Joined(GraphWriter graph, GraphNode product, GraphNode normalization)
    {
        var numbers = normalization.Inputs.Skip(1).Select(input => WeightNumbers.Of(input!.Constant!).Data).ToArray();
        var epsilon = (float)normalization.Attributes.Single(attribute => attribute.Name == "epsilon").Value;
        double[] scale = [.. numbers[0].Zip(numbers[3], (gamma, variance) => gamma / Math.Sqrt((double)variance + epsilon))];
        var kernel = WeightNumbers.Of(product.Inputs[1]!.Constant!);
        var axis = product.Operator == "Conv" ? 0 : 1;
        var scaled = WeightNumbers.Of(kernel.Shape, at => scale[at[axis]]);
        var bias = product.Inputs.ElementAtOrDefault(2)?.Constant is { } given ? WeightNumbers.Of(given).Data : new float[scale.Length];
        var moved = WeightNumbers.Of([scale.Length], at => (bias[at[0]] - (double)numbers[2][at[0]]) * scale[at[0]] + numbers[1][at[0]]);
        GraphValue Kept(string part, WeightNumbers values) => graph.Constant($"{normalization.Name}/{part}", values.ToArray());
        WeightNumbers changed = new([.. kernel.Data.Zip(scaled.Data, (a, b) => a * b)], kernel.Shape);
        return product with
        {
            Inputs = [product.Inputs[0], Kept("kernel", changed), Kept("bias", moved)],
            Outputs = normalization.Outputs
        };
    }
}
