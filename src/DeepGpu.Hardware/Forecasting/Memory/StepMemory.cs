namespace DeepGpu.Hardware;

/// <summary>Runs a step's allocations: what is taken when, what lives until its gradient, what the allocator reserves for it.</summary>
internal sealed class StepMemory
{
    /// <summary>Steps after which no more is reserved: the optimizer's state comes with the first,
    /// the next batch with the second.</summary>
    private const int Steps = 3;

    private const int WeightBytes = 4;

    private readonly Workload _workload;
    private readonly IReadOnlyList<Operation> _operations;
    private readonly CachingAllocator _memory = new();
    private readonly int[] _root;
    private readonly int[] _lastReader;
    private readonly int[] _firstSaver;
    private readonly bool[] _isRead;
    private readonly int[] _output;
    private readonly int[] _extra;
    private readonly int[] _gradient;
    private readonly int[] _weightGradients;
    private readonly Dictionary<int, int> _holders = [];
    private readonly double _bytes;

    private StepMemory(Workload workload)
    {
        (_workload, _operations, _bytes) = (workload, workload.Operations, workload.Precision.BytesPerElement());
        var count = _operations.Count;
        (_root, _lastReader, _firstSaver, _isRead) = (new int[count], Filled(count), Filled(count), new bool[count]);
        (_output, _extra, _gradient, _weightGradients) = (Filled(count), Filled(count), Filled(count), Filled(count));
        Plan();
    }

    private bool IsTraining => _workload.Task == WorkloadTask.Training;

    /// <summary>What a workload reserves and uses at its peak, weights included, context excluded.</summary>
    public static StepMemoryResult Run(Workload workload)
    {
        var step = new StepMemory(workload);
        step.Run();
        return new(step._memory.Reserved, step._memory.PeakUsed);
    }

    private static int[] Filled(int count)
    {
        var values = new int[count];
        Array.Fill(values, -1);
        return values;
    }

    /// <summary>Which storage each output lies in, who reads it last, and whose backward pass is the last to need it.</summary>
    private void Plan()
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[i];
            var source = operation.Inputs.Count == 0 ? -1 : operation.Inputs.Max();
            _root[i] = operation.IsInPlace && source >= 0 ? _root[source] : i;
            _lastReader[_root[i]] = Math.Max(_lastReader[_root[i]], i);
            foreach (var input in operation.Inputs.Where(input => input >= 0))
            {
                _lastReader[_root[input]] = Math.Max(_lastReader[_root[input]], i);
                _isRead[input] = true;
                if (Saves(operation) && operation.SavesInputs) Save(_root[input], i);
            }

            if (Saves(operation) && operation.SavesOutput) Save(_root[i], i);
        }
    }

    /// <summary>A product needs its input for the gradient of its weights alone.</summary>
    private bool Saves(Operation operation)
        => IsTraining && operation.HasBackward && (operation.Product is null || operation.TrainableWeightElements > 0);

    private void Save(int storage, int saver)
        => _firstSaver[storage] = _firstSaver[storage] < 0 ? saver : Math.Min(_firstSaver[storage], saver);

    private void Run()
    {
        foreach (var operation in _operations.Where(operation => !operation.SharesWeights))
            _memory.Take((double)operation.WeightElements * WeightBytes);
        var input = _memory.Take(_workload.InputElements * _bytes);
        for (var step = 0; step < (IsTraining ? Steps : 1); step++)
        {
            if (step > 0) input = Replace(input, _workload.InputElements * _bytes);
            if (step > 0) GiveAll(_weightGradients);
            Forward();
            if (IsTraining) Backward();
            GiveAll(_output);
            GiveAll(_extra);
            if (IsTraining) Optimize(step);
        }
    }

    private int Replace(int old, double bytes)
    {
        var made = _memory.Take(bytes);
        _memory.Give(old);
        return made;
    }

    private void GiveAll(int[] ids)
    {
        for (var i = 0; i < ids.Length; i++) Give(ids, i);
    }

    private void Give(int[] ids, int place)
    {
        _memory.Give(ids[place]);
        ids[place] = -1;
    }

    private void Forward()
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[i];
            if (_root[i] == i && operation.Kind != OperationKind.View) _output[i] = _memory.Take(operation.OutputElements * _bytes);
            if (Saves(operation)) _extra[i] = _memory.Take(operation.SavedBytes + operation.SavedElements * _bytes);
            _memory.Give(_memory.Take(WorkspaceBytes(operation)));
            foreach (var input in operation.Inputs.Where(input => input >= 0)) ReleaseAfter(i, _root[input]);
            ReleaseAfter(i, _root[i]);
        }
    }

    private void ReleaseAfter(int reader, int storage)
    {
        if (_lastReader[storage] == reader && _firstSaver[storage] < 0 && _isRead[storage]) Give(_output, storage);
    }

    /// <summary>cuDNN unfolds or pads what a convolution of more than one cell or stride reads and writes.</summary>
    private double WorkspaceBytes(Operation operation)
        => operation is { Kind: OperationKind.Convolution, Product: { } product } && !(product.Cells == 1 && product.HasUnitStride)
            ? (operation.InputElements + operation.OutputElements) * _bytes
            : 0;

    private void Backward()
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            if (!_isRead[i] && _gradient[_root[i]] < 0 && _operations[i].HasBackward)
                Hold(_root[i], _memory.Take(_operations[i].OutputElements * _bytes));
        }

        for (var i = _operations.Count - 1; i >= 0; i--)
        {
            var operation = _operations[i];
            if (operation.HasBackward && operation.Kind != OperationKind.View) Backward(i, operation);
            Give(_extra, i);
            foreach (var input in operation.Inputs.Where(input => input >= 0)) ReleaseBackward(i, _root[input]);
            ReleaseBackward(i, _root[i]);
        }

        for (var i = 0; i < _gradient.Length; i++) Drop(i);
    }

    private void ReleaseBackward(int visited, int storage)
    {
        if (_firstSaver[storage] == visited || (_firstSaver[storage] < 0 && storage == visited)) Give(_output, storage);
    }

    private void Backward(int place, Operation operation)
    {
        var own = _root[place];
        if (operation.PassesGradient) PassOn(operation, own);
        else if (operation.IsInPlace) ReplaceGradient(own, operation);
        else Compute(place, operation, own);
    }

    private void PassOn(Operation operation, int own)
    {
        foreach (var input in Receivers(operation))
        {
            if (_gradient[_root[input]] < 0 && _gradient[own] >= 0) Hold(_root[input], _gradient[own]);
        }

        Drop(own);
    }

    private void ReplaceGradient(int own, Operation operation)
    {
        var made = _memory.Take(operation.OutputElements * _bytes);
        Drop(own);
        Hold(own, made);
    }

    private void Compute(int place, Operation operation, int own)
    {
        List<(int Storage, int Block)> made = [];
        var workspace = _memory.Take(operation.NeedsInputGradient ? WorkspaceBytes(operation) : 0);
        foreach (var input in Receivers(operation)) made.Add((_root[input], _memory.Take(GradientElements(operation, input) * _bytes)));
        _memory.Give(workspace);
        workspace = _memory.Take(operation.TrainableWeightElements > 0 ? WorkspaceBytes(operation) : 0);
        if (operation.TrainableWeightElements > 0 && !operation.SharesWeights)
            _weightGradients[place] = _memory.Take((double)operation.TrainableWeightElements * WeightBytes);
        _memory.Give(workspace);
        Drop(own);
        foreach (var (storage, block) in made) Put(storage, block);
    }

    private IEnumerable<int> Receivers(Operation operation)
        => operation.Inputs.Where(input => input >= 0 && _operations[input].HasBackward);

    private double GradientElements(Operation operation, int input)
        => operation.Inputs.Count > 1 ? _operations[input].OutputElements : operation.InputElements;

    /// <summary>A second gradient of one value is added to the first and given back.</summary>
    private void Put(int storage, int block)
    {
        if (_gradient[storage] < 0) Hold(storage, block);
        else _memory.Give(block);
    }

    private void Hold(int storage, int block)
    {
        if (block < 0) return;
        _gradient[storage] = block;
        _holders[block] = _holders.GetValueOrDefault(block) + 1;
    }

    private void Drop(int storage)
    {
        var block = _gradient[storage];
        _gradient[storage] = -1;
        if (block < 0 || --_holders[block] > 0) return;
        _holders.Remove(block);
        _memory.Give(block);
    }

    /// <summary>The optimizer's state stays from the first step on; Adam makes a copy of the weights' size in passing.</summary>
    private void Optimize(int step)
    {
        var trained = _operations.Where(operation => operation.TrainableWeightElements > 0 && !operation.SharesWeights)
            .Select(operation => (double)operation.TrainableWeightElements).ToList();
        var states = _workload.OptimizerStateBytesPerParameter / WeightBytes;
        for (var state = 0; state < states && step == 0; state++) trained.ForEach(count => _memory.Take(count * WeightBytes));
        if (states < 2) return;
        List<int> copies = [.. trained.Select(count => _memory.Take(count * WeightBytes))];
        copies.ForEach(_memory.Give);
    }
}

/// <summary>What a step takes.</summary>
/// <param name="Reserved">Bytes reserved from the driver.</param>
/// <param name="PeakUsed">The most bytes in use at once.</param>
internal readonly record struct StepMemoryResult(long Reserved, long PeakUsed);
