using DeepGpu.Models;

namespace DeepGpu.Hosting.Tests;

/// <summary>A model that doubles numbers, waits where told to, and fails at samples that begin with a negative number.</summary>
internal sealed class FakeModel : IServableModel
{
    private readonly ManualResetEventSlim _gate = new(true);

    public List<int> Batches { get; } = [];

    public SemaphoreSlim Started { get; } = new(0);

    public bool IsDisposed { get; private set; }

    public bool FailsAlways { get; set; }

    public bool IsBatchable { get; init; } = true;

    /// <summary>Whether it gives one number for a whole batch, which cannot be told apart.</summary>
    public bool Sums { get; init; }

    public IReadOnlyList<ServableInput> Inputs { get; init; } = [new("x", DataType.Float32, new Shape(null, null))];

    public void Hold() => _gate.Reset();

    public void Release() => _gate.Set();

    public void CheckInputs(IReadOnlyList<NDArray> inputs)
    {
        if (inputs.Count != Inputs.Count || inputs.Any(input => input.Rank != 2))
            throw new TrainingDataException(new("input_shape", "Inputs have two axes,", "but these have not.", "Reshape them."));
    }

    public IReadOnlyList<NDArray> Predict(IReadOnlyList<NDArray> inputs, int batchSize = 32)
    {
        lock (Batches) Batches.Add(inputs[0].Shape[0]);
        Started.Release();
        _gate.Wait();
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var numbers = inputs[0].ToArray<float>();
        if (FailsAlways || numbers.Any(number => number < 0)) throw new InvalidOperationException($"bad {numbers.Min()}");
        if (Sums) return [NDArray.From<float>([numbers.Sum()], 1)];
        return [.. inputs.Select(input => NDArray.From<float>(Array.ConvertAll(input.ToArray<float>(), x => 2 * x), [.. input.Shape]))];
    }

    public void Dispose() => IsDisposed = true;
}
