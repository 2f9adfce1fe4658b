using DeepGpu.Models;

namespace DeepGpu.Weights;

/// <summary>What torch calls the weights of a layer: https://docs.pytorch.org/docs/stable/nn.html</summary>
internal static class TorchNames
{
    private const string Reverse = "_reverse";
    private const string Counter = "num_batches_tracked";

    private static readonly string[] Leaves = ["weight", "bias", "running_mean", "running_var", Counter,
        TorchParts.Length, TorchParts.Direction, "original0", "original1"];

    private static readonly string[] Experts = ["gate_kernel", "gate_bias", "intermediate_kernel", "intermediate_bias", "output_kernel",
        "output_bias", "correction_bias", "sinks"];

    private static readonly string[] Recurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    /// <summary>Whether a name's last part is one that torch gives.</summary>
    public static bool IsLeaf(string leaf)
        => Leaves.Contains(leaf) || Recurrent.Any(start => leaf.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Whether a tensor counts batches: no weight.</summary>
    public static bool IsCounter(string leaf) => leaf == Counter;

    /// <summary>A model's weights by the torch module that would hold them.</summary>
    public static IReadOnlyList<TargetGroup> Groups(WeightScope scope)
        => [.. WeightTarget.Of(scope.Spec).GroupBy(target => Module(target.Group), StringComparer.Ordinal)
            .Select(group => new TargetGroup(group.Key, [.. group]))];

    /// <summary>The tensors of a module that a weight takes its values from, each name with others that torch uses for the same;
    /// none where torch has no such weight.</summary>
    /// <param name="target">The weight.</param>
    /// <param name="group">The weights of its layer.</param>
    public static IReadOnlyList<string[]> Of(WeightTarget target, TargetGroup group)
    {
        var recurrent = group.Weights.FirstOrDefault(other => other.Group == target.Group && other.Leaf == "recurrent_kernel");
        return recurrent is null ? Plain(target.Leaf) : OfCell(target, recurrent.Spec);
    }

    private static IReadOnlyList<string[]> Plain(string leaf) => leaf switch
    {
        "gamma" => [["weight", "gamma"]],
        "beta" => [["bias", "beta"]],
        "kernel" or "embeddings" or "alpha" or "scale" => [["weight"]],
        "bias" => [["bias"]],
        "moving_mean" => [["running_mean"]],
        "moving_variance" => [["running_var"]],
        _ => Experts.Contains(leaf) ? [[leaf]] : [],
    };

    private static IReadOnlyList<string[]> OfCell(WeightTarget target, WeightSpec recurrent) => target.Leaf switch
    {
        "kernel" => [Spellings("weight_ih", target)],
        "recurrent_kernel" => [Spellings("weight_hh", target)],
        "bias" when !IsResetBefore(target, recurrent) => [Spellings("bias_ih", target), Spellings("bias_hh", target)],
        _ => [],
    };

    /// <summary>A GRU that resets the state before the product has one bias; torch has no such GRU.</summary>
    private static bool IsResetBefore(WeightTarget bias, WeightSpec recurrent)
        => bias.Spec.Shape.Length == 1 && recurrent.Shape[^1] == 3 * recurrent.Shape[0];

    private static string[] Spellings(string leaf, WeightTarget target)
        => target.Group.Split('/').Contains("backward_layer") ? [$"{leaf}_l0{Reverse}"] : [$"{leaf}_l0", leaf];

    /// <summary>The path with dots, a cell and the two directions counted as part of the layer.</summary>
    private static string Module(string path)
    {
        foreach (var part in new[] { "/cell", "/forward_layer", "/backward_layer" })
        {
            if (path.EndsWith(part, StringComparison.Ordinal)) path = path[..^part.Length];
        }

        return path.Replace('/', '.');
    }
}
