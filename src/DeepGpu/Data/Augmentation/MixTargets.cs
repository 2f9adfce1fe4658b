using DeepGpu.Models.Values;

namespace DeepGpu.Data;

/// <summary>What mixing samples of a batch has in common.</summary>
internal static class MixTargets
{
    /// <summary>Class numbers cannot be blended: 3 and 5 do not make 4.</summary>
    public static void Check(Batch batch, string owner)
    {
        foreach (var target in batch.Targets)
        {
            if (target.Type is DataType.Float32 or DataType.Float64 or DataType.Float16 or DataType.BFloat16) continue;
            throw new TrainingDataException(new("targets_not_blendable", $"{owner} blends targets, which must be floating-point numbers,",
                $"but they are {target.TypeAndShape}.",
                "Write class numbers as one-hot rows, with Dataset.OneHot or ImageFolderOptions.Labels."));
        }
    }

    /// <summary>A partner for each sample: a permutation.</summary>
    public static int[] Partners(int count, Random random)
    {
        var partners = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (partners[i], partners[j]) = (partners[j], partners[i]);
        }

        return partners;
    }

    /// <summary>weight * row + (1 - weight) * the partner's row, as Float32.</summary>
    public static NDArray Blend(NDArray array, int[] partners, Func<int, float> weight)
    {
        var values = Array.ConvertAll(ElementNumbers.Of(array), v => (float)v);
        var (result, row) = (new float[values.Length], values.Length / partners.Length);
        for (var i = 0; i < result.Length; i++)
        {
            var w = weight(i / row);
            result[i] = w * values[i] + (1 - w) * values[partners[i / row] * row + i % row];
        }

        return NDArray.From<float>(result, [.. array.Shape]);
    }
}
