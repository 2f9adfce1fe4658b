using System.Buffers;

namespace DeepGpu.Lowering;

/// <summary>Where a plan's values lie: the model's inputs in the caller's arrays, the others one after another in working
/// memory.</summary>
/// <param name="Sizes">Numbers of a sample of each value.</param>
/// <param name="Places">Where a value begins, in numbers of a sample; of the model's inputs which one it is.</param>
/// <param name="IsInput">Whether a value is one of the model's inputs.</param>
/// <param name="Outputs">The values of the model's outputs.</param>
/// <param name="Shapes">Their shapes without the batch.</param>
/// <param name="Size">Numbers of a sample of all values.</param>
internal sealed record PlanLayout(int[] Sizes, long[] Places, bool[] IsInput, int[] Outputs, int[][] Shapes, long Size);

/// <summary>A call's arrays.</summary>
internal sealed unsafe class PlanArrays(PlanLayout layout, MemoryHandle[] inputs, MemoryHandle[] outputs)
{
    /// <summary>A value of some samples.</summary>
    public float* At(int value, float* values, int start, int samples) => layout.IsInput[value]
        ? (float*)inputs[layout.Places[value]].Pointer + (long)start * layout.Sizes[value]
        : values + layout.Places[value] * samples;

    /// <summary>Copies the outputs to the caller's arrays.</summary>
    public void CopyOutputs(float* values, int start, int samples)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            var (value, count) = (layout.Outputs[i], checked(layout.Sizes[layout.Outputs[i]] * samples));
            new ReadOnlySpan<float>(At(value, values, start, samples), count)
                .CopyTo(new((float*)outputs[i].Pointer + (long)start * layout.Sizes[value], count));
        }
    }
}
