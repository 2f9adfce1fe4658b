using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>A live model: weights on a device. It predicts at once, and trains once compiled.
/// Made by <see cref="LiveModels.ToModel"/>.</summary>
/// <remarks>
/// It owns every tensor it makes; the caller disposes only the model.
/// <para>
/// Any thread may call any member. What may run at the same time:
/// <list type="bullet">
/// <item>Reading calls (<c>Predict</c>, <c>PredictOnBatch</c>, <c>ExtractFeatures</c>, <c>ConfusionMatrix</c>, <c>Evaluate</c>,
/// <c>Save</c>,
/// <see cref="LiveWeight.ToArray"/>) run beside each other and beside training. Each batch, each array and each file sees the weights
/// between two
/// steps, never half of a step.</item>
/// <item>Training calls (<c>Fit</c>, <c>FitAsync</c>, <c>TrainOnBatch</c>, <c>TestOnBatch</c>): one at a time; another is refused, code
/// already_training.</item>
/// <item>Changing calls (<c>Compile</c>, <c>Freeze</c>, <c>Unfreeze</c>, <c>LoadWeights</c>, <c>CopyWeights</c>): refused while the model
/// is trained, in
/// callbacks too; else they wait for the batch or file that is under way. <c>Compile</c>, <c>Freeze</c> and <c>Unfreeze</c> are refused
/// while
/// <c>Evaluate</c> runs, code already_measuring. <see cref="LiveWeight.Load"/> and <see cref="ResetState"/> are allowed in callbacks as
/// well.</item>
/// <item>A model with stateful layers has one set of states: the calls that run it wait for each other, and are refused while another
/// thread trains it.</item>
/// <item><see cref="Dispose"/> returns at once. Calls under way go on to their end, then the weights are freed; a call that begins later
/// throws an
/// <see cref="ObjectDisposedException"/>.</item>
/// <item>While the process ends, new calls are refused, <c>Fit</c> is cancelled after its batch, and other calls are waited for, 5 seconds
/// at most.</item>
/// </list>
/// Code of yours that runs inside a step (a loss, a metric, a layer) must not wait for another thread that uses the model.
/// </para>
/// </remarks>
public sealed partial class Model : IDisposable
{
    private readonly WeightFactory _weights;
    private readonly PrecisionPolicy _policy;
    private int _seed;
    private readonly ModelUse _use;

    internal Model(ModelSpec spec, Device device, int? seed, PrecisionPolicy policy, Extensions extensions,
        IReadOnlyList<string>? loaded = null)
    {
        ExtensionCheck.Layers(spec, extensions);
        (Spec, Device, Extensions, _policy, _seed) = (spec, device, extensions, policy, seed ?? Random.Shared.Next());
        _use = new(this, spec.Name, Free);
        using var random = seed is { } known ? new torch.Generator((ulong)known) : null;
        MemoryDemand.Weights(spec, policy, device.ToTorch());
        _weights = new(device.ToTorch(), random, extensions, loaded, _use);
        (Graph, Weights) = Live(spec);
        _weights.Random = null;
        _use.IsStateful = Graph.IsStateful;
    }

    /// <summary>The description it was made from.</summary>
    public ModelSpec Spec { get; private set; }

    /// <summary>Where the weights lie and the work is done.</summary>
    public Device Device { get; }

    /// <summary>The classes of your own that it may have, and that its files and checkpoints name.</summary>
    public Extensions Extensions { get; }

    /// <summary>Every weight, in the order of the layers.</summary>
    public IReadOnlyList<LiveWeight> Weights { get; private set; }

    /// <summary>The format that layers compute in which name none.</summary>
    internal torch.ScalarType ComputeType => _policy.ComputeType();

    /// <summary>The live layers.</summary>
    internal LiveGraph Graph { get; private set; }

    /// <summary>What decides which calls run at the same time.</summary>
    internal ModelUse Calls => _use;

    /// <summary>Forgets what stateful recurrent layers kept from earlier batches. Waits for a pass under way; may be called in a
    /// callback.</summary>
    /// <exception cref="ModelStateException">Another thread trains the model.</exception>
    public void ResetState()
    {
        using var changing = _use.Begin(ModelCall.Set);
        using var writing = _use.Weights.Write();
        Graph.ResetState();
    }

    /// <summary>Frees the weights, after the calls that use them now. No call can begin afterwards.</summary>
    public void Dispose() => _use.Close();

    /// <summary>Makes the layers of a description live; nothing is left if one cannot be.</summary>
    private (LiveGraph Graph, IReadOnlyList<LiveWeight> Weights) Live(ModelSpec spec)
    {
        try
        {
            return (LiveGraphOf(spec), _weights.InOrder(spec));
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    private LiveGraph LiveGraphOf(ModelSpec spec) => new(spec, _policy, node => LoweringContext.Lower(node, _weights, _policy), Extensions);

    /// <summary>Frees what training made.</summary>
    partial void ReleaseTraining();

    private void Free()
    {
        ReleaseTraining();
        Graph.ResetState();
        _weights.Dispose();
        _use.Weights.Dispose();
    }
}
