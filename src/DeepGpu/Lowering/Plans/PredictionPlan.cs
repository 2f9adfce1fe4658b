using System.Buffers;
using DeepGpu.Operations;

namespace DeepGpu.Lowering;

/// <summary>A model's prediction for inputs of one shape, prepared once: each layer a step on arrays, whose places are known.</summary>
/// <remarks>It holds no memory and no copy of a weight. Any number of calls may run it at once.</remarks>
/// <param name="steps">The steps, in order.</param>
/// <param name="layout">Where the values lie.</param>
/// <param name="sequences">The recurrent layers among them.</param>
internal sealed unsafe class PredictionPlan(PlannedStep[] steps, PlanLayout layout, LiveSequence[] sequences)
{
    /// <summary>Numbers of values that a piece of a batch should not exceed, so that they stay near the processor.</summary>
    private const int Near = 1 << 18;

    private const int MostSamples = 32;

    /// <summary>The most numbers of packed weights; a model with more is left to torch, which reads them where they are.</summary>
    private const long MostPacked = 1 << 23;

    private readonly long _work = steps.Sum(step => step.Step.Work);
    private readonly int _most = (int)Math.Clamp(Near / Math.Max(layout.Size, 1), 1, MostSamples);

    /// <summary>Whether packing its weights for each call is little beside the work.</summary>
    public bool Serves { get; } = steps.Sum(step => step.Step.Packed(int.MaxValue / 2)) <= MostPacked;

    /// <summary>Whether its recurrent layers may be run so.</summary>
    public bool IsAllowed => Array.TrueForAll(sequences, sequence => sequence.UsesFusedKernels);

    /// <summary>Room for the outputs.</summary>
    /// <exception cref="OutOfGpuMemoryException">One would be larger than an array may be.</exception>
    public byte[][] Outputs(int samples)
    {
        var outputs = new byte[layout.Outputs.Length][];
        for (var i = 0; i < outputs.Length; i++)
        {
            var bytes = (long)layout.Sizes[layout.Outputs[i]] * samples * sizeof(float);
            if (bytes > Array.MaxLength) throw OutOfMemory.InArray(bytes, $"({samples}, {string.Join(", ", layout.Shapes[i])})");
            outputs[i] = GC.AllocateUninitializedArray<byte>((int)bytes);
        }

        return outputs;
    }

    /// <summary>The outputs as arrays.</summary>
    public NDArray[] Arrays(byte[][] outputs, int samples)
    {
        var arrays = new NDArray[outputs.Length];
        for (var i = 0; i < arrays.Length; i++) arrays[i] = new(DataType.Float32, [samples, .. layout.Shapes[i]], outputs[i]);
        return arrays;
    }

    /// <summary>Predicts some samples.</summary>
    /// <param name="inputs">All samples of each input.</param>
    /// <param name="start">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <param name="outputs">Room for all samples of each output.</param>
    public void Run(IReadOnlyList<NDArray> inputs, int start, int count, byte[][] outputs)
    {
        var (from, to) = (new MemoryHandle[inputs.Count], new MemoryHandle[outputs.Length]);
        try
        {
            for (var i = 0; i < from.Length; i++) from[i] = inputs[i].Bytes.Pin();
            for (var i = 0; i < to.Length; i++) to[i] = new Memory<byte>(outputs[i]).Pin();
            Run(new(layout, from, to), start, count);
        }
        finally
        {
            foreach (var handle in from) handle.Dispose();
            foreach (var handle in to) handle.Dispose();
        }
    }

    private void Run(PlanArrays arrays, int start, int count)
    {
        var sizes = new long[steps.Length];
        var packed = 0L;
        for (var i = 0; i < steps.Length; i++) packed += sizes[i] = Aligned(steps[i].Step.Packed(count));
        Workers.Lend(packed, room =>
        {
            for (var (i, at) = (0, room); i < steps.Length; at += (nint)sizes[i++] * sizeof(float))
            {
                if (sizes[i] > 0) steps[i].Step.Pack((float*)at);
            }

            Workers.Run(count, _most, _work, Scratch,
                (first, samples, scratch) => Piece(arrays, start + first, samples, scratch, (float*)room, sizes));
        });
    }

    /// <summary>The values of a piece, and what the step that needs most works with.</summary>
    private long Scratch(int samples)
    {
        var most = 0L;
        foreach (var step in steps) most = Math.Max(most, step.Step.Scratch(samples));
        return Aligned(layout.Size * samples) + most;
    }

    private void Piece(PlanArrays arrays, int start, int samples, float* values, float* packed, long[] sizes)
    {
        var scratch = values + Aligned(layout.Size * samples);
        for (var i = 0; i < steps.Length; packed += sizes[i++])
        {
            var step = steps[i];
            step.Step.Run(new()
            {
                Samples = samples,
                Input = arrays.At(step.Input, values, start, samples),
                Other = step.Other < 0 ? null : arrays.At(step.Other, values, start, samples),
                Output = arrays.At(step.Output, values, start, samples),
                Scratch = scratch,
                Packed = sizes[i] > 0 ? packed : null,
            });
        }

        arrays.CopyOutputs(values, start, samples);
    }

    private static long Aligned(long numbers) => numbers + 15 & ~15L;
}

/// <summary>A step and the values it reads and writes.</summary>
/// <param name="Step">The step.</param>
/// <param name="Input">The value it reads.</param>
/// <param name="Other">The second value it reads; -1 for none.</param>
/// <param name="Output">The value it writes.</param>
internal readonly record struct PlannedStep(PlanStep Step, int Input, int Other, int Output);
