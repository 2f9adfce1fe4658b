using System.Globalization;

namespace DeepGpu.Training;

/// <summary>Keys of losses and metrics in the history, each once, as Keras makes them.</summary>
/// <param name="prefix">What stands before the names of an output's metrics.</param>
/// <param name="taken">The keys that exist.</param>
internal sealed class MetricNames(string prefix, HashSet<string> taken)
{
    /// <summary>The metric's name; of a second one, "weighted_" before it if it is weighted, else a number behind it.</summary>
    public string Of(Metric metric, bool isWeighted)
    {
        var name = prefix + metric.Name;
        if (isWeighted && taken.Contains(name)) name = $"{prefix}weighted_{metric.Name}";
        return Unique(name);
    }

    /// <summary>The key of the output's loss: of a second output of one layer, with a number behind it.</summary>
    public string OfLoss() => Unique(prefix + "loss");

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 1; !taken.Add(unique); i++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unique;
    }
}
