using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>Quantised products in single precision, written out as loops over the letters of an equation; Dense is "ab,bc->ac".</summary>
internal sealed class QuantizationReference(string equation, Grid x, Grid kernel, Quantization quantization)
{
    private readonly string _input = equation.Split(',')[0];
    private readonly string _kernel = equation.Split(',')[1].Split("->")[0];
    private readonly string _output = equation.Split("->")[1];
    private readonly Dictionary<string, (float Low, float High)> _ranges = [];

    private bool IsEight => quantization is Int8Quantization;

    private int? BlockSize => (quantization as Int4Quantization)?.BlockSize;

    private AbsMaxQuantizer? Inputs
        => quantization is Int8Quantization q ? q.ActivationQuantizer : ((Int4Quantization)quantization).ActivationQuantizer;

    /// <summary>The whole number that each value of the kernel becomes, and what it stands for.</summary>
    public (int[] Whole, float[] Values) Kernel()
    {
        var (whole, values) = (new int[kernel.Data.Length], new float[kernel.Data.Length]);
        for (var i = 0; i < whole.Length; i++)
        {
            var (low, high) = _ranges.GetValueOrDefault(Group(i));
            _ranges[Group(i)] = (Math.Min(low, (float)kernel.Data[i]), Math.Max(high, (float)kernel.Data[i]));
        }

        for (var i = 0; i < whole.Length; i++)
        {
            var (low, high) = _ranges[Group(i)];
            var value = (float)kernel.Data[i];
            if (BlockSize is null)
            {
                var (lowest, highest) = IsEight ? (-127, 127) : (-8, 7);
                var scale = highest / (Math.Max(-low, high) + 1e-7f);
                whole[i] = (int)Math.Clamp(MathF.Round(value * scale), lowest, highest);
                values[i] = whole[i] / scale;
                continue;
            }

            var step = (high - low + 1e-7f) / 15;
            var zero = Math.Clamp(MathF.Round(-low / step) - 8, -8, 7);
            whole[i] = (int)Math.Clamp(MathF.Round(value / step) + zero, -8, 7);
            values[i] = (whole[i] - zero) * step;
        }

        return (whole, values);
    }

    /// <summary>The product, inputs quantised along what is summed over where the quantisation says so.</summary>
    public Grid Product()
    {
        var (_, values) = Kernel();
        var lengths = _input.Zip(x.Shape).Concat(_kernel.Zip(kernel.Shape)).DistinctBy(pair => pair.First).ToDictionary(pair
            => pair.First, pair => pair.Second);
        var summed = _input.Where(letter => !_output.Contains(letter)).ToArray();
        var output = new Grid([.. _output.Select(letter => lengths[letter])]);
        foreach (var at in Grid.Places(output.Shape))
        {
            var place = _output.Zip(at).ToDictionary(pair => pair.First, pair => pair.Second);
            var terms = Grid.Places([.. summed.Select(letter => lengths[letter])]).Select(inner =>
            {
                foreach (var (letter, index) in summed.Zip(inner)) place[letter] = index;
                return (X: (float)x[[.. _input.Select(letter => place[letter])]], Kernel: Flat(place));
            }).ToList();
            output[at] = Sum(terms, values);
        }

        return output;
    }

    private double Sum(List<(float X, int Kernel)> terms, float[] values)
    {
        if (Inputs is not { } quantizer) return terms.Sum(term => (double)term.X * values[term.Kernel]);
        var scale = quantizer.High / (terms.Max(term => Math.Abs(term.X)) + (float)quantizer.Epsilon);
        return terms.Sum(term
            => (double)Math.Clamp(MathF.Round(term.X * scale), quantizer.Low, quantizer.High) * values[term.Kernel]) / scale;
    }

    private int Flat(Dictionary<char, int> place)
        => _kernel.Select((letter, axis) => (letter, axis)).Aggregate(0, (flat, item)
        => flat * kernel.Shape[item.axis] + place[item.letter]);

    /// <summary>Which values share a scale: those along what is summed over; of 4 bits those of a column of the matrix (summed,
    /// others).</summary>
    private string Group(int flat)
    {
        var rest = flat;
        var at = new int[kernel.Shape.Length];
        for (var axis = at.Length - 1; axis >= 0; axis--) (at[axis], rest) = (rest % kernel.Shape[axis], rest / kernel.Shape[axis]);
        if (IsEight) return string.Join(',', at.Where((_, axis) => _output.Contains(_kernel[axis])));
        var columns = kernel.Shape.Where((_, axis) => _output.Contains(_kernel[axis])).Aggregate(1, (a, b) => a * b);
        return BlockSize is { } size ? $"{flat / columns / size},{flat % columns}" : $"{flat % columns}";
    }
}
