using TorchSharp;

namespace DeepGpu;

/// <summary>Runs training steps: in parts where memory does not hold the whole batch, and not at all where a result is not finite.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly Compiled _compiled;
    private readonly FitOptions _options;
    private readonly torch.Generator _random;
    private readonly int _seed;
    private readonly StepSnapshot? _before;
    private readonly ClassWeights? _classWeights;

    public StepRunner(Compiled compiled, FitOptions options, torch.Device device, int seed)
    {
        (_compiled, _options, _seed) = (compiled, options, seed);
        _random = new(0, device);
        _classWeights = options.ClassWeights is { } weights ? new(weights, compiled.Options.Outputs[0].Loss?.Form ?? TargetForm.Any, device) : null;
        _before = options.SplitsOnOutOfMemory || options.NonFinite != NonFinitePolicy.Ignore ? new(compiled) : null;
    }

    /// <summary>The most samples that fit into memory, as far as is known.</summary>
    public int PartSize { get; set; } = int.MaxValue;

    /// <summary>What happened that a user should know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>For tests: called before each phase of a step ("forward", "backward", "metrics", "step"), may throw.</summary>
    internal Action<string, int>? Probe { get; set; }

    /// <summary>Takes a step. Returns the batch's mean losses in the caller's scope, or null if the step was not applied.</summary>
    public IReadOnlyList<torch.Tensor>? Run(TensorBatch batch)
    {
        using var whole = _compiled.WholeStep();
        _compiled.UseAverage(false);
        _before?.Take();
        if (_classWeights is not null) batch = _classWeights.Apply(batch);
        while (true)
        {
            try
            {
                return Attempt(batch);
            }
            catch (Exception e) when (_options.SplitsOnOutOfMemory && OutOfMemory.Is(e))
            {
                Halve(batch.Size, e);
                _before!.Restore();
            }
        }
    }

    /// <summary>The first layer whose output, or first weight whose gradient, is not finite in this batch.</summary>
    public string FirstNonFinite(TensorBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var whole = _compiled.WholeStep();
        var weight = _compiled.Weights.LastOrDefault(w => w.Tensor.grad is { } gradient && !gradient.isfinite().all().item<bool>());
        var layer = _compiled.FirstNonFiniteLayer(batch, Context());
        _before?.Restore();
        return layer ?? (weight is null ? "the loss" : $"the gradient of '{weight.Name}'");
    }

    public void Dispose()
    {
        _random.Dispose();
        _classWeights?.Dispose();
        _before?.Dispose();
    }

    private List<torch.Tensor>? Attempt(TensorBatch batch)
    {
        _compiled.Stepper.ClearGradients();
        var context = Context();
        var results = Parts(batch).Select(part => (part, result: Backward(part, batch, context))).ToList();
        var losses = Mean(results, batch.Size);
        if (_options.NonFinite != NonFinitePolicy.Ignore && !_compiled.IsFinite(losses[0])) return null;
        Probe?.Invoke("metrics", batch.Size);
        foreach (var (part, result) in results) _compiled.UpdateMetrics(part, result);
        Probe?.Invoke("step", batch.Size);
        _compiled.Step();
        return losses;
    }

    private StepResult Backward(TensorBatch part, TensorBatch batch, ForwardContext context)
    {
        var share = (double)part.Size / batch.Size;
        Probe?.Invoke("forward", part.Size);
        var result = _compiled.Forward(part, context, batch);
        Probe?.Invoke("backward", part.Size);
        _compiled.Stepper.LossScale.Apply(result.Losses[0], share).backward();
        return result with { Losses = [.. result.Losses.Select(loss => loss.detach())] };
    }

    private IEnumerable<TensorBatch> Parts(TensorBatch batch)
    {
        if (batch.Size <= PartSize) return [batch];
        return Enumerable.Range(0, (batch.Size + PartSize - 1) / PartSize).Select(i => batch.Narrow(i * PartSize, Math.Min(PartSize, batch.Size - i * PartSize)));
    }

    private static List<torch.Tensor> Mean(List<(TensorBatch Part, StepResult Result)> results, int size)
    {
        if (results.Count == 1) return [.. results[0].Result.Losses];
        return [.. Enumerable.Range(0, results[0].Result.Losses.Count).Select(i => results.Select(r => r.Result.Losses[i] * ((double)r.Part.Size / size)).Aggregate((a, b) => a + b))];
    }

    /// <summary>Random numbers follow from the seed and the number of the step alone: a step tried again, or after a resume, draws the same.</summary>
    private ForwardContext Context()
    {
        _random.manual_seed((long)new StableRandom(_seed, _compiled.Steps).NextBits());
        return ForwardContext.Training(_random);
    }

    /// <exception cref="OutOfGpuMemoryException">The step cannot be tried again in smaller parts.</exception>
    private void Halve(int batchSize, Exception cause)
    {
        if (_compiled.Stepper.HasChanged) throw OutOfMemory.InUpdate(cause);
        if (_compiled.StatefulLayers.Count > 0) throw OutOfMemory.OfStatefulLayers(cause);
        _compiled.Stepper.ClearGradients();
        var tried = Math.Min(batchSize, PartSize);
        if (tried == 1) throw OutOfMemory.AtOneSample(cause);
        PartSize = (tried + 1) / 2;
        Notes.Add($"Step {_compiled.Steps + 1}: {tried} samples did not fit into memory; goes on in parts of {PartSize}. Batch statistics, random layers and means over unmasked steps act per part.");
    }
}
