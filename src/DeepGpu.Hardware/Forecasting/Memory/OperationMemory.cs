namespace DeepGpu.Hardware.Forecasting;

/// <summary>An operation of a step: what it holds in memory, and until when.</summary>
/// <param name="operation">The operation.</param>
/// <param name="keepsForBackward">Whether its backward pass needs something kept.</param>
/// <param name="workspaceBytes">Scratch memory while it runs.</param>
internal sealed class OperationMemory(Operation operation, bool keepsForBackward, double workspaceBytes)
{
    public Operation Operation => operation;

    public bool KeepsForBackward => keepsForBackward;

    public double WorkspaceBytes => workspaceBytes;

    /// <summary>The segment that is made again in the backward pass; null where all is kept.</summary>
    public int? Segment { get; init; }

    /// <summary>Whether its block is read outside of its segment, and so kept until the segment's backward pass.</summary>
    public bool IsBorder { get; private set; }

    /// <summary>The operations whose outputs it reads.</summary>
    public required OperationMemory[] Inputs { get; init; }

    /// <summary>The operation in whose block its output lies: itself, or the one whose output it changes in place.</summary>
    public OperationMemory Storage { get; private set; } = null!;

    /// <summary>Who reads the block last.</summary>
    public OperationMemory? LastReader { get; private set; }

    /// <summary>Whose backward pass is the last to need the block; null where none does.</summary>
    public OperationMemory? FirstSaver { get; private set; }

    public bool IsRead { get; private set; }

    public MemoryBlock? Output { get; set; }

    public MemoryBlock? Extra { get; set; }

    public MemoryBlock? Gradient { get; set; }

    public MemoryBlock? WeightGradient { get; set; }

    /// <summary>The operations of a workload, in order.</summary>
    public static OperationMemory[] Of(Workload workload)
    {
        var bytes = workload.Precision.BytesPerElement();
        var all = new OperationMemory[workload.Operations.Count];
        for (var i = 0; i < all.Length; i++)
        {
            var operation = workload.Operations[i];
            all[i] = new(operation, workload.Task == WorkloadTask.Training && Saves(operation), WorkspaceOf(operation) * bytes)
            {
                Segment = workload.Repeats(operation) ? operation.Segment : null,
                Inputs = [.. operation.Inputs.Where(input => input >= 0).Select(input => all[input])],
            };
            all[i].Place(operation.Inputs.Count == 0 || operation.Inputs.Max() is < 0 ? null : all[operation.Inputs.Max()]);
        }

        return all;
    }

    /// <summary>Finds the block that its output lies in, and tells blocks who reads and keeps them.</summary>
    private void Place(OperationMemory? source)
    {
        Storage = operation.IsInPlace && source is not null ? source.Storage : this;
        Storage.LastReader = this;
        foreach (var input in Inputs)
        {
            input.Storage.LastReader = this;
            input.IsRead = true;
            input.Storage.IsBorder |= input.Storage.Segment is not null && input.Storage.Segment != Segment;
            if (keepsForBackward && operation.SavesInputs) input.Storage.FirstSaver ??= this;
        }

        if (keepsForBackward && operation.SavesOutput) Storage.FirstSaver ??= this;
    }

    /// <summary>A product needs its input for the gradient of its weights alone.</summary>
    private static bool Saves(Operation operation)
        => operation.HasBackward && (operation.Product is null || operation.TrainableWeightElements > 0);

    /// <summary>cuDNN unfolds or pads what a convolution of more than one cell or stride reads and writes.</summary>
    private static double WorkspaceOf(Operation operation)
        => operation is { Kind: OperationKind.Convolution, Product: { } product } && !(product.Cells == 1 && product.HasUnitStride)
            ? operation.InputElements + operation.OutputElements
            : 0;
}
