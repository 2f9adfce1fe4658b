namespace DeepGpu.Operations;

/// <summary>The sizes of a recurrence whose weights are packed.</summary>
/// <param name="Kernel">What it computes.</param>
/// <param name="Features">The length of a step's input.</param>
/// <param name="Units">The length of a state.</param>
/// <param name="Lane">How many numbers a register holds.</param>
internal readonly record struct RecurrenceShape(FusedKernel Kernel, int Features, int Units, int Lane)
{
    /// <summary>The most numbers of packed weights; a larger recurrence is left to torch.</summary>
    private const long MostPacked = 1 << 22;

    /// <summary>Blocks of weights.</summary>
    public int Gates => Kernel switch { FusedKernel.Lstm => 4, FusedKernel.Gru => 3, _ => 1 };

    /// <summary>The units, filled up to whole registers.</summary>
    public int PaddedUnits => (Units + Lane - 1) / Lane * Lane;

    /// <summary>The input's weights.</summary>
    public PanelShape Input => new(Features, Gates * PaddedUnits, 2 * Lane);

    /// <summary>The state's weights.</summary>
    public PanelShape State => new(Units, Gates * PaddedUnits, 2 * Lane);

    /// <summary>Numbers of both.</summary>
    public long Packed => Input.Size + State.Size;

    /// <summary>Whether it is of a size that is packed for each call.</summary>
    public bool Serves => Packed <= MostPacked;

    /// <summary>Multiplications of a step of one sample.</summary>
    public long Work => (long)Gates * PaddedUnits * (Features + Units + 8);

    /// <summary>Steps whose input is multiplied at once.</summary>
    /// <param name="samples">Samples that are run at once.</param>
    /// <param name="steps">The steps there are.</param>
    public static int Block(int samples, int steps) => Math.Clamp(48 / samples, 1, steps);

    /// <summary>Numbers of working memory: states, sums of a block of steps, the states' sums, where rows begin.</summary>
    public int Scratch(int samples, int steps)
    {
        var block = Block(samples, steps);
        return samples * (2 * PaddedUnits + (block + 1) * Input.Padded + 2 * block + 2);
    }
}

/// <summary>Arrays of some samples of a recurrence.</summary>
internal readonly unsafe struct RecurrenceRows
{
    /// <summary>How many samples there are.</summary>
    public int Samples { get; init; }

    /// <summary>How many steps there are.</summary>
    public int Steps { get; init; }

    /// <summary>(samples, steps, features).</summary>
    public float* Sequence { get; init; }

    /// <summary>Whether a step counts, (samples, steps); null where all do.</summary>
    public byte* Mask { get; init; }

    /// <summary>(samples, units): the output's state at the start; null for zeros.</summary>
    public float* State { get; init; }

    /// <summary>(samples, units): LSTM's memory at the start; null for zeros.</summary>
    public float* Memory { get; init; }

    /// <summary>(samples, steps, units), or (samples, units) of the last step.</summary>
    public float* Output { get; init; }

    /// <summary>Where the last state goes; null for nowhere.</summary>
    public float* LastState { get; init; }

    /// <summary>Where LSTM's last memory goes; null for nowhere.</summary>
    public float* LastMemory { get; init; }

    /// <summary>Whether every step's output is wanted.</summary>
    public bool All { get; init; }

    /// <summary>Whether time runs backwards; outputs come in that order.</summary>
    public bool Backwards { get; init; }

    /// <summary>Whether a step that does not count yields zeros.</summary>
    public bool ZeroOutputForMask { get; init; }

    /// <summary>The same of some of its samples.</summary>
    public RecurrenceRows Slice(int start, int count, int features, int units) => new()
    {
        Samples = count,
        Steps = Steps,
        Sequence = Sequence + (long)start * Steps * features,
        Mask = Mask is null ? null : Mask + (long)start * Steps,
        State = At(State, start, units),
        Memory = At(Memory, start, units),
        Output = At(Output, start, (All ? (long)Steps : 1) * units),
        LastState = At(LastState, start, units),
        LastMemory = At(LastMemory, start, units),
        All = All,
        Backwards = Backwards,
        ZeroOutputForMask = ZeroOutputForMask,
    };

    private static float* At(float* from, int start, long length) => from is null ? null : from + start * length;
}
