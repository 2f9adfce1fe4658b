namespace DeepGpu.Hardware.Forecasting;

/// <summary>Runs a step's allocations: what is taken when, what lives until its gradient, what the allocator reserves for it.</summary>
internal sealed class StepMemory
{
    /// <summary>Steps after which no more is reserved: the optimizer's state comes with the first,
    /// the next batch with the second.</summary>
    private const int Steps = 3;

    private const int WeightBytes = 4;

    private readonly Workload _workload;
    private readonly OperationMemory[] _operations;
    private readonly CachingAllocator _memory = new();
    private readonly double _bytes;

    private StepMemory(Workload workload)
        => (_workload, _operations, _bytes) = (workload, OperationMemory.Of(workload), workload.Precision.BytesPerElement());

    private bool IsTraining => _workload.Task == WorkloadTask.Training;

    /// <summary>What a workload reserves and uses at its peak, weights included, context excluded.</summary>
    public static StepMemoryResult Run(Workload workload)
    {
        var step = new StepMemory(workload);
        step.Run();
        return new(step._memory.Reserved, step._memory.PeakUsed);
    }

    private void Run()
    {
        foreach (var operation in _workload.Operations)
        {
            if (!operation.SharesWeights) _memory.Take((double)operation.WeightElements * WeightBytes);
        }

        var input = _memory.Take(_workload.InputElements * _bytes);
        for (var step = 0; step < (IsTraining ? Steps : 1); step++)
        {
            if (step > 0) input = NextBatch(input);
            Forward();
            if (IsTraining) Backward();
            foreach (var operation in _operations) GiveOutput(operation);
            foreach (var operation in _operations) GiveExtra(operation);
            if (IsTraining) Optimize(isFirst: step == 0);
        }
    }

    /// <summary>The next batch comes before the last one leaves; then the last gradients of the weights do.</summary>
    private MemoryBlock? NextBatch(MemoryBlock? last)
    {
        var made = _memory.Take(_workload.InputElements * _bytes);
        _memory.Give(last);
        foreach (var operation in _operations)
        {
            _memory.Give(operation.WeightGradient);
            operation.WeightGradient = null;
        }

        return made;
    }

    private void GiveOutput(OperationMemory operation)
    {
        _memory.Give(operation.Output);
        operation.Output = null;
    }

    private void GiveExtra(OperationMemory operation)
    {
        _memory.Give(operation.Extra);
        operation.Extra = null;
    }

    private void Forward()
    {
        foreach (var at in _operations) Run(at, keeps: at.Segment is null);
    }

    private void Run(OperationMemory at, bool keeps)
    {
        var operation = at.Operation;
        if (at.Storage == at && operation.Kind != OperationKind.View) at.Output ??= _memory.Take(operation.OutputElements * _bytes);
        if (keeps && at.KeepsForBackward) at.Extra = _memory.Take(operation.SavedBytes + operation.SavedElements * _bytes);
        _memory.Give(_memory.Take(at.WorkspaceBytes));
        foreach (var input in at.Inputs) ReleaseAfter(at, input.Storage, keeps);
        ReleaseAfter(at, at.Storage, keeps);
    }

    /// <summary>What a segment that is made again writes for itself alone is not kept by its first run.</summary>
    private void ReleaseAfter(OperationMemory reader, OperationMemory storage, bool keeps)
    {
        if (storage.IsBorder || !storage.IsRead || storage.LastReader != reader) return;
        if (storage.FirstSaver is null || (!keeps && storage.Segment is not null)) GiveOutput(storage);
    }

    /// <summary>Makes the activations of a segment again before the backward pass of its last operation.</summary>
    private void Repeat(int last)
    {
        var first = last;
        while (first > 0 && _operations[first - 1].Segment == _operations[last].Segment) first--;
        for (var i = first; i <= last; i++) Run(_operations[i], keeps: true);
    }

    private void Backward()
    {
        foreach (var at in _operations)
        {
            if (!at.IsRead && at.Storage.Gradient is null && at.Operation.HasBackward)
                Hold(at.Storage, _memory.Take(at.Operation.OutputElements * _bytes));
        }

        for (var i = _operations.Length - 1; i >= 0; i--)
        {
            var at = _operations[i];
            if (at.Segment is not null && (i + 1 == _operations.Length || _operations[i + 1].Segment != at.Segment)) Repeat(i);
            if (at.Operation.HasBackward && at.Operation.Kind != OperationKind.View) Backward(at);
            GiveExtra(at);
            foreach (var input in at.Inputs) ReleaseBackward(at, input.Storage);
            ReleaseBackward(at, at.Storage);
        }

        foreach (var at in _operations) Drop(at);
    }

    private void ReleaseBackward(OperationMemory visited, OperationMemory storage)
    {
        var last = storage.IsBorder ? storage : storage.FirstSaver ?? storage;
        if (visited == last) GiveOutput(storage);
    }

    private void Backward(OperationMemory at)
    {
        if (at.Operation.PassesGradient) PassOn(at);
        else if (at.Operation.IsInPlace) ReplaceGradient(at);
        else Compute(at);
    }

    private void PassOn(OperationMemory at)
    {
        foreach (var input in at.Inputs)
        {
            if (input.Operation.HasBackward && input.Storage.Gradient is null) Hold(input.Storage, at.Storage.Gradient);
        }

        Drop(at.Storage);
    }

    private void ReplaceGradient(OperationMemory at)
    {
        var made = _memory.Take(at.Operation.OutputElements * _bytes);
        Drop(at.Storage);
        Hold(at.Storage, made);
    }

    private void Compute(OperationMemory at)
    {
        var operation = at.Operation;
        var workspace = _memory.Take(operation.NeedsInputGradient ? at.WorkspaceBytes : 0);
        var made = new MemoryBlock?[at.Inputs.Length];
        for (var i = 0; i < made.Length; i++)
        {
            if (at.Inputs[i].Operation.HasBackward) made[i] = _memory.Take(GradientElements(operation, at.Inputs[i]) * _bytes);
        }

        _memory.Give(workspace);
        workspace = _memory.Take(operation.TrainableWeightElements > 0 ? at.WorkspaceBytes : 0);
        if (operation.TrainableWeightElements > 0 && !operation.SharesWeights)
            at.WeightGradient = _memory.Take((double)operation.TrainableWeightElements * WeightBytes);
        _memory.Give(workspace);
        Drop(at.Storage);
        for (var i = 0; i < made.Length; i++) Put(at.Inputs[i].Storage, made[i]);
    }

    private static double GradientElements(Operation operation, OperationMemory input)
        => operation.Inputs.Count > 1 ? input.Operation.OutputElements : operation.InputElements;

    /// <summary>A second gradient of one value is added to the first and given back.</summary>
    private void Put(OperationMemory storage, MemoryBlock? block)
    {
        if (storage.Gradient is null) Hold(storage, block);
        else _memory.Give(block);
    }

    private static void Hold(OperationMemory storage, MemoryBlock? block)
    {
        if (block is null) return;
        storage.Gradient = block;
        block.Holders++;
    }

    private void Drop(OperationMemory storage)
    {
        var block = storage.Gradient;
        storage.Gradient = null;
        if (block is not null && --block.Holders == 0) _memory.Give(block);
    }

    /// <summary>The optimizer's state stays from the first step on; Adam makes a copy of the weights' size in passing.</summary>
    private void Optimize(bool isFirst)
    {
        var states = _workload.OptimizerStateBytesPerParameter / WeightBytes;
        for (var state = 0; state < states && isFirst; state++) TakeWeights();
        if (states < 2) return;
        foreach (var copy in TakeWeights()) _memory.Give(copy);
    }

    /// <summary>Takes as much as the trained weights need, a block each.</summary>
    private List<MemoryBlock?> TakeWeights() =>
    [
        .. _workload.Operations.Where(operation => operation.TrainableWeightElements > 0 && !operation.SharesWeights)
            .Select(operation => _memory.Take((double)operation.TrainableWeightElements * WeightBytes)),
    ];
}

/// <summary>What a step takes.</summary>
/// <param name="Reserved">Bytes reserved from the driver.</param>
/// <param name="PeakUsed">The most bytes in use at once.</param>
internal readonly record struct StepMemoryResult(long Reserved, long PeakUsed);
