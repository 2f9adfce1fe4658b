namespace DeepGpu.Hardware;

/// <summary>The constants of the time of recurrent layers.</summary>
internal static class RecurrentConstants
{
    public static readonly ConstantTable Table = new();

    static RecurrentConstants()
    {
        StepSimple = Table.Add("step.simple", 40e-6, 0.4, "s",
            "Least time of a step of a simple recurrent layer at 1500 MHz: steps follow one another.");
        StepGru = Table.Add("step.gru", 40e-6, 0.4, "s", "The same of a GRU.");
        StepLstm = Table.Add("step.lstm", 40e-6, 0.4, "s", "The same of an LSTM.");
        StepBackward = Table.Add("step.backward", 1, 0.3, "", "Factor on it going backward.");
        Call = Table.Add("call", 50e-6, 0.5, "s", "What one call of the layer costs.");
        Forward = Table.Add("efficiency.forward", 0.7, 0.2, "", "Share of the peak going forward.");
        Backward = Table.Add("efficiency.backward", 0.7, 0.2, "", "Share of the peak going backward.");
        Weights = Table.Add("efficiency.weights", 0.7, 0.2, "",
            "Share of the peak of the gradient of the weights, one product over all steps.");
        Matrix = Table.Add("efficiency.matrix", 0.7, 0.4, "", "Factor on these shares on matrix units.");
        HalfWidth = Table.Add("half.width", 8, 0.6, "results a unit",
            "Results of a step for each multiprocessor at which the processor is half occupied.");
        HalfRows = Table.Add("half.rows", 16, 0.6, "samples", "Samples below which a step takes as long as with so many.");
        HalfRowsMatrix = Table.Add("half.rows.matrix", 64, 0.6, "samples", "The same on matrix units.");
        HalfRowsWeights = Table.Add("half.rows.weights", 8, 0.8, "samples",
            "Samples times steps at which the gradient of the weights reaches half of its efficiency.");
        Bandwidth = Table.Add("bandwidth", 0.65, 0.2, "", "Share of the memory's peak rate at which weights are read again each step.");
        StateBytes = Table.Add("state.bytes", 30, 0.5, "B", "Bytes moved for each result of a step.");
        Factors = [.. Generation.All.Select(FactorsOf)];
    }

    public static Constant StepSimple { get; }

    public static Constant StepGru { get; }

    public static Constant StepLstm { get; }

    public static Constant StepBackward { get; }

    public static Constant Call { get; }

    public static Constant Forward { get; }

    public static Constant Backward { get; }

    public static Constant Weights { get; }

    public static Constant Matrix { get; }

    public static Constant HalfWidth { get; }

    public static Constant HalfRows { get; }

    public static Constant HalfRowsMatrix { get; }

    public static Constant HalfRowsWeights { get; }

    public static Constant Bandwidth { get; }

    public static Constant StateBytes { get; }

    /// <summary>By generation and <see cref="RecurrentFactor"/>.</summary>
    private static Constant[][] Factors { get; }

    /// <summary>The least time of a step, by gates.</summary>
    public static Constant Step(int gates) => gates switch { 1 => StepSimple, 3 => StepGru, _ => StepLstm };

    public static double Factor(ConstantValues constants, int generation, RecurrentFactor factor)
        => generation < 0 ? 1 : constants[Factors[generation][(int)factor]];

    private static Constant[] FactorsOf(Generation generation) =>
    [
        Table.Add($"step.{generation.Name}", 1, generation.Vendor == GpuVendor.Nvidia ? 0.25 : 0.5, "",
            "Factor on the least time of a step."),
        Table.Add($"vector.{generation.Name}", 1, 0.25, "", "Factor on the share of the peak of the vector units."),
        Table.Add($"memory.{generation.Name}", 1, 0.25, "", "Factor on the share of the memory's rate."),
        Table.Add($"rows.{generation.Name}", 1, 0.5, "", "Factor on the samples below which a step gets no shorter."),
    ];
}

/// <summary>What generations differ in.</summary>
internal enum RecurrentFactor
{
    Step,
    Vector,
    Memory,
    Rows,
}
