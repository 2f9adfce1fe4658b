using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DeepGpu.Models.Layers;

/// <summary>Works out shapes of an einsum equation with one input and one kernel.</summary>
internal static partial class Einsum
{
    [GeneratedRegex(@"^(?<input>(\.\.\.)?[a-zA-Z]+(\.\.\.)?),(?<kernel>[a-zA-Z]+)->(?<output>(\.\.\.)?[a-zA-Z]+(\.\.\.)?)$")]
    private static partial Regex Form();

    public static bool IsWellFormed(string equation) => Form().IsMatch(equation.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The output's shape, the kernel's shape and the bias's shape (null for none),
    /// the last aligned to the output's end.</summary>
    public static (Shape Output, int[] Kernel, int[]? Bias) Parse(string equation, Shape input,
        ImmutableArray<int?> outputOption, string? biasAxes)
    {
        var (inputLetters, kernelLetters, outputLetters) = Split(equation, input.Rank);
        var lengths = Lengths(inputLetters, input);
        var option = outputOption.IsDefault ? [] : outputOption;
        for (var i = 1; i <= Math.Min(option.Length, outputLetters.Length); i++)
        {
            if (option[^i] is { } length) lengths[outputLetters[^i]] = length;
        }

        var output = new Shape(outputLetters.Select(letter => lengths.GetValueOrDefault(letter)));
        int[] kernel = [.. kernelLetters.Select(letter => Known(lengths, letter))];
        return (output, kernel, biasAxes is null ? null : Bias(outputLetters, biasAxes, lengths));
    }

    /// <summary>The letters of input, kernel and output, an ellipsis written out as letters that the equation does not use.</summary>
    /// <param name="equation">The equation.</param>
    /// <param name="rank">Axes of the input.</param>
    public static (string Input, string Kernel, string Output) Letters(string equation, int rank)
    {
        var (input, kernel, output) = Split(equation, rank);
        var unused = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".Except(input + kernel + output).ToArray();
        string Written(string letters) => string.Concat(letters.Select(c => char.IsLetter(c) ? c : unused[c - '0']));
        return (Written(input), kernel, Written(output));
    }

    /// <summary>How a kernel is quantised: scales are shared along what is summed over, and laid out as the output's axes.</summary>
    public static MatrixForm Form((string Input, string Kernel, string Output) letters, int[] kernel)
    {
        var lengths = letters.Kernel.Zip(kernel).ToDictionary(axis => axis.First, axis => axis.Second);
        int[] scales = [.. letters.Output.Select(letter => lengths.GetValueOrDefault(letter, 1))];
        int Stride(char letter) => letters.Output.IndexOf(letter) is >= 0 and var at ? scales[(at + 1)..].Aggregate(1, (a, b) => a * b) : 0;
        var rows = lengths.Where(axis => !letters.Output.Contains(axis.Key)).Aggregate(1, (product, axis) => product * axis.Value);
        var columns = kernel.Aggregate(1, (product, length) => product * length) / rows;
        return new("kernel", [.. kernel], [.. scales], [.. letters.Kernel.Select(Stride)], rows, columns);
    }

    /// <summary>How many products are summed for one output.</summary>
    public static double SummedLength(string equation, Shape input)
    {
        var (inputLetters, _, outputLetters) = Split(equation, input.Rank);
        return inputLetters.Zip(input.Axes).Where(axis => !outputLetters.Contains(axis.First))
            .Aggregate(1.0, (product, axis) => product * (axis.Second ?? 1));
    }

    /// <summary>The letters with an ellipsis written out as letters that the equation does not use.</summary>
    private static (string Input, string Kernel, string Output) Split(string equation, int rank)
    {
        var match = Form().Match(equation.Replace(" ", "", StringComparison.Ordinal));
        var (input, kernel, output) = (match.Groups["input"].Value, match.Groups["kernel"].Value, match.Groups["output"].Value);
        var named = input.Replace("...", "", StringComparison.Ordinal).Length;
        var free = new string([.. Enumerable.Range('0', Math.Max(rank - named, 0)).Select(c => (char)c)]);
        (input, output) = (input.Replace("...", free, StringComparison.Ordinal), output.Replace("...", free, StringComparison.Ordinal));
        return input.Length == rank
            ? (input, kernel, output)
            : throw new ShapeException($"an input of {named} axes for '{equation}'", "Change the equation, or reshape the input.");
    }

    private static Dictionary<char, int?> Lengths(string letters, Shape input)
        => letters.Zip(input.Axes).GroupBy(axis => axis.First).ToDictionary(g => g.Key, g => g.First().Second);

    private static int[] Bias(string outputLetters, string biasAxes, Dictionary<char, int?> lengths)
    {
        var first = outputLetters.IndexOfAny(biasAxes.ToCharArray());
        return [.. outputLetters.Skip(first).Select(letter => biasAxes.Contains(letter) ? Known(lengths, letter) : 1)];
    }

    private static int Known(Dictionary<char, int?> lengths, char letter) => lengths.GetValueOrDefault(letter)
        ?? throw new ShapeException($"a known length for axis '{letter}' of its equation",
            "Give the model's input a full shape, or state it in the layer's output shape.");
}
