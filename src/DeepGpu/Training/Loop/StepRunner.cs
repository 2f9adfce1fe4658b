using DeepGpu.Data;
using DeepGpu.Losses;
using DeepGpu.Lowering;
using DeepGpu.Numbers;
using DeepGpu.Optimizers;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Runs training steps: in parts where memory does not hold the whole batch,
/// and not at all where a result is not finite.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly Compiled _compiled;
    private readonly FitOptions _options;
    private readonly torch.Generator _random;
    private readonly int _seed;
    private readonly PartSize _parts = new();
    private readonly StepSnapshot? _before;
    private readonly ClassWeights? _classWeights;

    public StepRunner(Compiled compiled, FitOptions options, torch.Device device, int seed)
    {
        (_compiled, _options, _seed) = (compiled, options, seed);
        _random = new(0, device);
        _classWeights = options.ClassWeights is { } weights
            ? new(weights, compiled.Options.Outputs[0].Loss?.Form ?? TargetForm.Any, device)
            : null;
        if (!compiled.IsTrainable) Notes.Add("The model has no trainable weight: losses and metrics were measured, nothing was changed.");
        _before = options.SplitsOnOutOfMemory || options.NonFinite != NonFinitePolicy.Ignore ? new(compiled) : null;
    }

    /// <summary>The most samples that fit into memory, as far as is known.</summary>
    public int PartSize
    {
        get => _parts.Samples;
        set => _parts.Samples = value;
    }

    private ReplicaGroup? Group => _compiled.Group;

    /// <summary>What happened that a user should know.</summary>
    public List<string> Notes { get; } = [];

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
            catch (Exception e) when (_options.SplitsOnOutOfMemory && Group is null && OutOfMemory.Is(e))
            {
                Halve(batch.Size, e);
                _before!.Restore();
            }
        }
    }

    /// <summary>The first layer whose output, or first weight whose gradient, is not finite in this batch, or the first
    /// statistic.</summary>
    public string FirstNonFinite(TensorBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var whole = _compiled.WholeStep();
        var weight = _compiled.Weights.LastOrDefault(w => w.Tensor.grad is { } gradient && !gradient.isfinite().all().item<bool>());
        var statistic = _compiled.NonFiniteStatistic();
        Seed();
        var layer = _compiled.FirstNonFiniteLayer(batch, ForwardContext.Training(_random));
        _before?.Restore();
        return layer ?? (weight is not null ? $"the gradient of '{weight.Name}'" : statistic is null ? "the loss"
            : $"the statistic '{statistic.Name}'");
    }

    public void Dispose()
    {
        _random.Dispose();
        _classWeights?.Dispose();
        _before?.Dispose();
    }

    /// <summary>One try of a step; of one that ends early nothing is left but gradients, which the next one clears.</summary>
    private List<torch.Tensor>? Attempt(TensorBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        _compiled.Stepper.ClearGradients();
        Seed();
        var sums = new List<torch.Tensor>();
        var (mine, joint) = Mine(batch);
        foreach (var part in Group is null ? _parts.Of(batch) : [mine])
        {
            if (RunPart(part, batch, joint) is not { } losses) return null;
            sums = sums.Count == 0 ? losses : [.. sums.Zip(losses, (sum, loss) => sum.Plus(loss))];
        }

        _options.Watch.Before(StepPhase.Step, batch.Size);
        _compiled.Step(_options.Watch);
        return [.. sums.Select(sum => sum.MoveToOuterDisposeScope())];
    }

    /// <summary>This process's part of a batch, and what it shares with the others'.</summary>
    private (TensorBatch Batch, JointPass? Joint) Mine(TensorBatch batch)
    {
        if (Group is null) return (batch, null);
        var (part, isIdle) = Group.PartOf(batch);
        return (part, new(Group, isIdle));
    }

    /// <summary>Whether every process's result is finite; where nobody asks, it is not looked at.</summary>
    private bool IsFinite(torch.Tensor loss)
    {
        if (_options.NonFinite == NonFinitePolicy.Ignore) return true;
        var isFinite = _compiled.IsFinite(loss);
        return Group is null ? isFinite : Group.Total(isFinite ? 0 : 1)[0] == 0;
    }

    /// <summary>A part's share of the batch's mean losses, in the caller's scope; null if it is not finite. Everything else of the part is
    /// freed.</summary>
    private List<torch.Tensor>? RunPart(TensorBatch part, TensorBatch batch, JointPass? joint)
    {
        using var scope = torch.NewDisposeScope();
        var isIdle = joint is { IsIdle: true };
        var share = isIdle ? 0 : (double)part.Size / batch.Size;
        var result = Backward(part, batch, share, joint);
        if (!IsFinite(result.Losses[0])) return null;
        _options.Watch.Before(StepPhase.Metrics, part.Size);
        if (!isIdle) _compiled.UpdateMetrics(part, result);
        return [.. result.Losses.Select(loss => (share == 1 ? loss : loss * Number(share)).MoveToOuterDisposeScope())];
    }

    private StepResult Backward(TensorBatch part, TensorBatch batch, double share, JointPass? joint)
    {
        _options.Watch.Before(StepPhase.Forward, part.Size);
        var tape = _options.GradientCheckpointing && _compiled.IsTrainable ? new GradientTape(_random, _compiled.Weights) : null;
        var result = _compiled.Forward(part, ForwardContext.Training(_random, share == 0 ? 1 : share, tape, joint), batch);
        _options.Watch.Before(StepPhase.Backward, part.Size);
        if (_compiled.IsTrainable) Backward(_compiled.Stepper.LossScale.Apply(result.Losses[0], share), tape);
        return result with { Losses = [.. result.Losses.Select(loss => loss.detach())] };
    }

    private static void Backward(torch.Tensor loss, GradientTape? tape)
    {
        if (tape is null) loss.backward();
        else tape.Backward(loss);
    }

    /// <summary>Random numbers follow from the seed and the number of the step alone: a step tried again,
    /// or after a resume, draws the same.</summary>
    private void Seed() => _random.manual_seed((long)new StableRandom(_seed + ((long)(Group?.Rank ?? 0) << 32),
        _compiled.Steps).NextBits());

    /// <exception cref="OutOfGpuMemoryException">The step cannot be tried again in smaller parts.</exception>
    private void Halve(int batchSize, Exception cause)
    {
        if (_compiled.Stepper.HasChanged) throw OutOfMemory.InUpdate(cause);
        if (_compiled.StatefulLayers.Count > 0) throw OutOfMemory.OfStatefulLayers(cause);
        _compiled.Stepper.ClearGradients();
        var tried = _parts.Halve(batchSize, cause);
        Notes.Add($"Step {_compiled.Steps + 1}: {tried} samples did not fit into memory; continues in parts of {PartSize}. Batch "
            + "statistics, random layers and means over unmasked steps act per part.");
    }
}
