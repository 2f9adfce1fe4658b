using DeepGpu.Lowering;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu;

/// <summary>What a live layer may need to know of the pass it takes part in.</summary>
public sealed class ForwardContext
{
    private readonly DisposeScope? _scope;
    private readonly List<torch.Tensor> _penalties = [];

    private ForwardContext(bool isTraining, torch.Generator? random, DisposeScope? scope)
        => (IsTraining, Random, _scope) = (isTraining, random, scope);

    /// <summary>A pass that predicts: no dropout, moving statistics, no penalties.</summary>
    public static ForwardContext Inference { get; } = new(isTraining: false, random: null, scope: null);

    /// <summary>Whether the pass is part of training.</summary>
    public bool IsTraining { get; }

    /// <summary>Where a training pass draws its random numbers; null outside training.</summary>
    public torch.Generator? Random { get; }

    /// <summary>What layers added to the loss in this pass.</summary>
    internal IReadOnlyList<torch.Tensor> Penalties => _penalties;

    /// <summary>Adds a penalty to the loss of a pass that trains or measures; does nothing in one that predicts.</summary>
    /// <param name="penalty">One number.</param>
    public void AddPenalty(torch.Tensor penalty)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        if (_scope is null) return;
        _scope.Attach(penalty);
        _penalties.Add(penalty);
    }

    /// <summary>What is kept of earlier steps, in a pass that goes on with sequences; else null.</summary>
    internal KeyValueCache? Cache { get; private init; }

    /// <summary>The share of the batch's samples that the pass is over: 1, or less for a part of a batch.</summary>
    internal double Share { get; private init; } = 1;

    /// <summary>Adds a penalty that is a sum over samples: what the parts of a batch add up to is the penalty of the whole.</summary>
    /// <param name="penalty">One number.</param>
    internal void AddSum(torch.Tensor penalty) => AddPenalty(Share == 1 ? penalty : penalty / Number(Share));

    /// <summary>Where the pass notes its segments, which are made again in the backward pass; null where all is kept.</summary>
    internal GradientTape? Tape { get; private init; }

    /// <summary>Whether the pass makes activations again: what it would change beside its outputs has been changed.</summary>
    internal bool IsRepeat { get; private init; }

    /// <summary>The same pass in the other processes; null where there is one process.</summary>
    internal JointPass? Joint { get; private init; }

    /// <summary>A pass of training; what it adds to the loss lives as long as the current dispose scope.</summary>
    internal static ForwardContext Training(torch.Generator random, double share = 1, GradientTape? tape = null,
        JointPass? joint = null)
        => new(isTraining: true, random, torch.CurrentDisposeScope) { Share = share, Tape = tape, Joint = joint };

    /// <summary>Lets a tensor live as long as the pass.</summary>
    internal torch.Tensor Keep(torch.Tensor tensor)
    {
        _scope!.Attach(tensor);
        return tensor;
    }

    /// <summary>A part of this pass, whose penalties are its own.</summary>
    internal ForwardContext Within(bool isRepeat)
        => new(IsTraining, Random, torch.CurrentDisposeScope) { Share = Share, IsRepeat = isRepeat, Joint = Joint };

    /// <summary>A pass that goes on with sequences whose earlier steps are kept.</summary>
    internal static ForwardContext Generating(KeyValueCache cache) => new(isTraining: false, random: null, scope: null) { Cache = cache };

    /// <summary>A pass that measures the loss.</summary>
    internal static ForwardContext Measuring(double share = 1, JointPass? joint = null)
        => new(isTraining: false, random: null, torch.CurrentDisposeScope) { Share = share, Joint = joint };
}
