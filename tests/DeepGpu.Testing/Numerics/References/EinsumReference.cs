namespace DeepGpu.Testing.Numerics;

/// <summary>Einstein summation of an input and a kernel, in the letters of the equation.</summary>
internal static class EinsumReference
{
    /// <summary>einsum(equation, input, kernel) + bias.</summary>
    public static Values Sums(string equation, string? biasAxes, Call call)
    {
        var (x, kernel) = (call.X, call.Weights["kernel"]);
        var (input, weights, output) = Letters(equation, x.Rank);
        var lengths = input.Zip(x.Shape).Concat(weights.Zip(kernel.Shape)).DistinctBy(axis => axis.First)
            .ToDictionary(axis => axis.First, axis => axis.Second);
        var summed = lengths.Keys.Except(output).ToArray();
        var bias = biasAxes is null ? null : call.Weights.Find("bias");
        return Values.Of([.. output.Select(letter => lengths[letter])], at =>
        {
            var place = output.Zip(at).ToDictionary(axis => axis.First, axis => axis.Second);
            var sum = bias is null ? 0 : bias[Broadcast(bias, at)];
            foreach (var inner in Values.Positions([.. summed.Select(letter => lengths[letter])]))
            {
                foreach (var (letter, index) in summed.Zip(inner)) place[letter] = index;
                sum += x[[.. input.Select(letter => place[letter])]] * kernel[[.. weights.Select(letter => place[letter])]];
            }

            return sum;
        });
    }

    /// <summary>The equation's letters, an ellipsis written out as digits for the axes that have no letter.</summary>
    private static (string Input, string Kernel, string Output) Letters(string equation, int rank)
    {
        var (left, output) = (equation.Split("->")[0].Split(','), equation.Split("->")[1]);
        var free = new string([.. Enumerable.Range('0', rank - left[0].Count(char.IsLetter)).Select(c => (char)c)]);
        return (left[0].Replace("...", free, StringComparison.Ordinal), left[1], output.Replace("...", free, StringComparison.Ordinal));
    }

    /// <summary>The position in a bias whose axes align with the output's last.</summary>
    private static int[] Broadcast(Values bias, int[] at)
        => [.. at[^bias.Rank..].Zip(bias.Shape, (index, length) => length == 1 ? 0 : index)];
}
