using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>SimpleRNN, LSTM and GRU (reset after) on the processor, forward only: a step's products, gates and states without a call
/// between them. Masks are obeyed as <c>LiveSequence</c> tells.</summary>
/// <typeparam name="T">The kind of register.</typeparam>
internal static unsafe class VectorRecurrence<T>
    where T : struct, ILane<T>
{
    /// <summary>Runs some samples.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="packed">The weights: the input's, then the state's.</param>
    /// <param name="rows">The samples.</param>
    /// <param name="scratch"><see cref="RecurrenceShape.Scratch"/> numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(RecurrenceShape shape, float* packed, RecurrenceRows rows, float* scratch)
    {
        var block = RecurrenceShape.Block(rows.Samples, rows.Steps);
        var work = new Work(shape, rows, scratch, block);
        work.Begin();
        for (var start = 0; start < rows.Steps; start += block)
        {
            var count = Math.Min(block, rows.Steps - start);
            work.Project(packed, start, count);
            for (var i = 0; i < count; i++) Step(work, packed + shape.Input.Size, start + i, i);
        }

        work.End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(Work work, float* state, int step, int inBlock)
    {
        var (shape, rows) = (work.Shape, work.Rows);
        var sums = work.Sums + (long)inBlock * rows.Samples * shape.Input.Padded;
        var isGru = shape.Kernel == FusedKernel.Gru;
        Span<Run> run = [new(0, shape.Units)];
        PanelProduct<T>.Multiply(work.StateRows, rows.Samples, run, state, shape.State, isGru ? work.StateSums : sums, shape.Input.Padded,
            new(Adds: !isGru, Relu: false));
        for (var sample = 0; sample < rows.Samples; sample++)
        {
            var counts = rows.Mask is null || rows.Mask[(long)sample * rows.Steps + work.Time(step)] != 0;
            if (counts) Update(work, sums + (long)sample * shape.Input.Padded, sample);
            if (rows.All || step == rows.Steps - 1) work.Write(sample, step, counts || !rows.ZeroOutputForMask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(Work work, float* sums, int sample)
    {
        var units = work.Shape.PaddedUnits;
        var h = work.State + (long)sample * units;
        switch (work.Shape.Kernel)
        {
            case FusedKernel.Lstm: Lstm(sums, h, work.Memory + (long)sample * units, units); break;
            case FusedKernel.Gru: Gru(sums, work.StateSums + (long)sample * work.Shape.Input.Padded, h, units); break;
            case FusedKernel.RnnTanh: Tanh(sums, h, units); break;
            default: Relu(sums, h, units); break;
        }
    }

    /// <summary>Gates input, forget, candidate, output. Small loops: in one the compiler would call the functions.</summary>
    private static void Lstm(float* sums, float* h, float* c, int units)
    {
        Sigmoid(sums, 2 * units);
        Tanh(sums + 2 * units, sums + 2 * units, units);
        Sigmoid(sums + 3 * units, units);
        for (var j = 0; j < units; j += T.Count)
        {
            var kept = T.Load(sums + units + j) * T.Load(c + j);
            T.Store(T.MultiplyAdd(T.Load(sums + j), T.Load(sums + 2 * units + j), kept), c + j);
        }

        Tanh(c, h, units);
        for (var j = 0; j < units; j += T.Count) T.Store(T.Load(sums + 3 * units + j) * T.Load(h + j), h + j);
    }

    /// <summary>Gates reset, update, candidate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gru(float* x, float* s, float* h, int units)
    {
        for (var j = 0; j < units; j += T.Count)
        {
            var reset = LaneFunctions<T>.Sigmoid(T.Load(x + j) + T.Load(s + j));
            var update = LaneFunctions<T>.Sigmoid(T.Load(x + units + j) + T.Load(s + units + j));
            var candidate = LaneFunctions<T>.Tanh(T.MultiplyAdd(reset, T.Load(s + 2 * units + j), T.Load(x + 2 * units + j)));
            T.Store(T.MultiplyAdd(update, T.Load(h + j) - candidate, candidate), h + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(float* sums, float* h, int units)
    {
        for (var j = 0; j < units; j += T.Count) T.Store(LaneFunctions<T>.Tanh(T.Load(sums + j)), h + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sigmoid(float* sums, int units)
    {
        for (var j = 0; j < units; j += T.Count) T.Store(LaneFunctions<T>.Sigmoid(T.Load(sums + j)), sums + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Relu(float* sums, float* h, int units)
    {
        for (var j = 0; j < units; j += T.Count) T.Store(LaneFunctions<T>.Relu(T.Load(sums + j)), h + j);
    }

    /// <summary>A run's working memory.</summary>
    private readonly struct Work(RecurrenceShape shape, RecurrenceRows rows, float* scratch, int block)
    {
        public RecurrenceShape Shape { get; } = shape;

        public RecurrenceRows Rows { get; } = rows;

        public nint* StateRows { get; } = (nint*)scratch;

        public nint* SequenceRows => StateRows + Rows.Samples;

        public float* State => scratch + 2 * Rows.Samples * (block + 1);

        public float* Memory => State + Rows.Samples * Shape.PaddedUnits;

        public float* Sums => Memory + Rows.Samples * Shape.PaddedUnits;

        public float* StateSums => Sums + (long)Rows.Samples * block * Shape.Input.Padded;

        /// <summary>The states at the start, zeros where none are given and in the columns that fill up.</summary>
        public void Begin()
        {
            new Span<float>(State, 2 * Rows.Samples * Shape.PaddedUnits).Clear();
            for (var sample = 0; sample < Rows.Samples; sample++)
            {
                StateRows[sample] = (nint)(State + (long)sample * Shape.PaddedUnits);
                Copy(Rows.State, sample, State);
                Copy(Rows.Memory, sample, Memory);
            }
        }

        /// <summary>The input's part of the sums of some steps, (steps, samples, gates x units).</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Project(float* packed, int start, int count)
        {
            for (var step = 0; step < count; step++)
            {
                for (var sample = 0; sample < Rows.Samples; sample++)
                {
                    var at = (long)sample * Rows.Steps + Time(start + step);
                    SequenceRows[step * Rows.Samples + sample] = (nint)(Rows.Sequence + at * Shape.Features);
                }
            }

            Span<Run> run = [new(0, Shape.Features)];
            PanelProduct<T>.Multiply(SequenceRows, count * Rows.Samples, run, packed, Shape.Input, Sums, Shape.Input.Padded, default);
        }

        /// <summary>Where a step lies in the sequence.</summary>
        public int Time(int step) => Rows.Backwards ? Rows.Steps - 1 - step : step;

        /// <summary>Writes a sample's output of a step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Write(int sample, int step, bool isState)
        {
            var to = new Span<float>(Rows.Output + (Rows.All ? (long)sample * Rows.Steps + step : sample) * Shape.Units, Shape.Units);
            if (isState) new ReadOnlySpan<float>(State + (long)sample * Shape.PaddedUnits, Shape.Units).CopyTo(to);
            else to.Clear();
        }

        /// <summary>The last states.</summary>
        public void End()
        {
            for (var sample = 0; sample < Rows.Samples; sample++)
            {
                CopyOut(State, sample, Rows.LastState);
                CopyOut(Memory, sample, Rows.LastMemory);
            }
        }

        private void Copy(float* from, int sample, float* to)
        {
            if (from is null) return;
            new ReadOnlySpan<float>(from + (long)sample * Shape.Units, Shape.Units)
                .CopyTo(new(to + (long)sample * Shape.PaddedUnits, Shape.Units));
        }

        private void CopyOut(float* from, int sample, float* to)
        {
            if (to is null) return;
            new ReadOnlySpan<float>(from + (long)sample * Shape.PaddedUnits, Shape.Units)
                .CopyTo(new(to + (long)sample * Shape.Units, Shape.Units));
        }
    }
}
