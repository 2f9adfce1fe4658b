using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Optimizers;

/// <summary>Gradients of all processes: what each computes for its part of the batch adds up to the batch's.</summary>
internal static class SharedGradients
{
    /// <summary>Gives every weight a gradient that has one in some process; one that has none in any stays without.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="weights">The same weights, in the same order, in every process.</param>
    /// <param name="withGradients">Whether gradients are added up as well, the last layers' first.</param>
    public static void Share(this ReplicaGroup group, WeightState[] weights, bool withGradients)
    {
        var gradients = Array.ConvertAll(weights, state => state.Value.grad);
        var flags = torch.tensor(Array.ConvertAll(gradients, gradient => gradient is null ? 0f : 1f), device: weights[0].Value.device);
        var all = weights.Zip(gradients).Select(pair => pair.Second ?? torch.zeros_like(pair.First.Value)).ToArray();
        group.Sum(withGradients ? all.Reverse().Append(flags) : [flags]);
        if (gradients.All(gradient => gradient is not null)) return;
        var found = flags.cpu().data<float>().ToArray();
        for (var i = 0; i < weights.Length; i++)
            if (gradients[i] is null && found[i] > 0) weights[i].Value.grad = all[i];
    }
}
