using TorchSharp;

namespace DeepGpu;

/// <summary>What a live layer may need to know of the pass it takes part in.</summary>
public sealed class ForwardContext
{
    internal ForwardContext(bool isTraining, torch.Generator? random) => (IsTraining, Random) = (isTraining, random);

    /// <summary>A pass that predicts: no dropout, moving statistics.</summary>
    public static ForwardContext Inference { get; } = new(isTraining: false, random: null);

    /// <summary>Whether the pass is part of training.</summary>
    public bool IsTraining { get; }

    /// <summary>Where a training pass draws its random numbers; null outside training.</summary>
    public torch.Generator? Random { get; }
}
