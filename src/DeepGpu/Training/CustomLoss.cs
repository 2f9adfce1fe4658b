using TorchSharp;

namespace DeepGpu;

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
        var total = TorchBorder.OfUser(Who, () => loss(step))
            ?? throw OwnFunctions.Wrong(Who, "but gave null", "Return a tensor with one number.");
        if (total.NumberOfElements != 1)
            throw OwnFunctions.Wrong(Who, $"but gave a tensor of shape {ShapeText.Of(total.shape)}",
            "Return one number for the batch, for example with mean().");
        OwnFunctions.CheckFloating(Who, total);
        return needsGradient && !total.requires_grad ? throw OwnFunctions.Detached(Who) : total;
    }
}
