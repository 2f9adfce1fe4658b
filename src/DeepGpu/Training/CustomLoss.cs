using DeepGpu.Losses;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Runs a loss that a user wrote for a whole batch.</summary>
internal static class CustomLoss
{
    /// <summary>The loss of a batch from a custom loss, if it is usable.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="step">What it sees.</param>
    /// <param name="needsGradient">Whether it is trained towards.</param>
    /// <exception cref="TrainingDataException">It is null, no floating-point number, several, or does not depend on the model.</exception>
    public static torch.Tensor Total(Func<TrainingStep, torch.Tensor?> loss, TrainingStep step, bool needsGradient)
    {
        const string Who = "CompileOptions.CustomLoss";
        var total = OwnFunctions.OneNumber(Who, TorchBorder.OfUser(Who, () => loss(step)));
        return needsGradient && !total.requires_grad ? throw OwnFunctions.Detached(Who) : total;
    }
}
