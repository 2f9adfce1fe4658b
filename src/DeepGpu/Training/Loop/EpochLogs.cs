using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>The losses over the batches of one pass: means over samples, kept on the device until read.</summary>
internal sealed class EpochLogs : IDisposable
{
    private readonly IReadOnlyList<string> _names;

    /// <summary>Starts with nothing.</summary>
    /// <param name="names">The names of the losses, the total first.</param>
    /// <param name="device">Where the sums lie.</param>
    public EpochLogs(IReadOnlyList<string> names, torch.Device device)
    {
        _names = names;
        Sums = torch.zeros([names.Count], torch.ScalarType.Float64, device).DetachFromDisposeScope();
    }

    /// <summary>The sum over samples of each loss.</summary>
    public torch.Tensor Sums { get; }

    /// <summary>How many samples were seen.</summary>
    public long Samples { get; set; }

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        using var scope = torch.NewDisposeScope();
        Sums.zero_();
        Samples = 0;
    }

    /// <summary>Adds the mean losses of a batch.</summary>
    /// <param name="means">The losses.</param>
    /// <param name="samples">The samples they are means over.</param>
    /// <param name="counted">How many of them are this process's; null for all.</param>
    public void Add(IReadOnlyList<torch.Tensor> means, int samples, int? counted = null)
    {
        using var noGradient = torch.no_grad();
        var values = means.Count == 1 ? means[0] : torch.stack(means);
        Sums.add_(values.to(torch.ScalarType.Float64), alpha: Number(samples));
        Samples += counted ?? samples;
    }

    /// <summary>Adds the losses that were gathered elsewhere.</summary>
    public void Add(EpochLogs others)
    {
        using var noGradient = torch.no_grad();
        Sums.add_(others.Sums, Number(1));
        Samples += others.Samples;
    }

    /// <summary>The means so far.</summary>
    /// <param name="group">Whose samples count; null for this process's.</param>
    public Dictionary<string, double> Read(ReplicaGroup? group = null)
    {
        double[] all = [.. Sums.data<double>().ToArray(), Samples];
        if (group is not null) all = group.Total(all);
        return _names.Zip(all).ToDictionary(pair => pair.First, pair => pair.Second / all[^1], StringComparer.Ordinal);
    }

    public void Dispose() => Sums.Dispose();
}
