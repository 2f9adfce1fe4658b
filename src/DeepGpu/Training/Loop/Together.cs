using DeepGpu.Data;
using DeepGpu.Replicas;

namespace DeepGpu.Training;

/// <summary>How processes begin a training together.</summary>
internal static class Together
{
    /// <summary>Checks that all train the same, and gives all the first one's weights.</summary>
    /// <exception cref="DistributionException">One has another model, other data or other options.</exception>
    public static void Begin(ReplicaGroup group, TrainingSession session, BatchSource data)
    {
        var (compiled, options) = (session.Compiled, session.Options);
        group.Require(
            ("names and shapes of weights", SameFacts.Hash(compiled.Weights.Select(weight =>
                $"{weight.Name} {string.Join(',', weight.Tensor.shape)} {weight.Tensor.dtype} {weight.IsTrainable}"))),
            ("number of weights", compiled.Weights.Count),
            ("optimizer", SameFacts.Hash([compiled.Options.Optimizer.ToString()])),
            ("losses and metrics", SameFacts.Hash(compiled.LossNames.Concat(compiled.Metrics.Select(metric => metric.Name)))),
            ("number of samples", data.Count ?? -1),
            ("batch size", options.BatchSize),
            ("number of epochs", options.Epochs),
            ("first epoch", options.InitialEpoch),
            ("steps an epoch", options.StepsPerEpoch ?? -1),
            ("order of samples", options.Shuffle ? 1 : 0),
            ("validation", session.IsValidated ? 1 : 0),
            ("validation frequency", options.ValidationFrequency),
            ("policy for results that are not finite", (long)options.NonFinite),
            ("steps taken", compiled.Steps));
        group.FromFirst(compiled.Weights.Select(weight => weight.Tensor));
    }

    /// <summary>Checks that all go on from the same place; what was summed up to it is the first one's.</summary>
    public static void Resume(ReplicaGroup group, TrainingSession session)
    {
        group.Require(("epoch to go on from", session.Epoch), ("batch to go on from", session.Batch),
            ("steps taken", session.Compiled.Steps));
        if (session.IsResumed) group.Forget(session);
    }
}
