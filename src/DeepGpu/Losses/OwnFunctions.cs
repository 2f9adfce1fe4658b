using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Losses;

/// <summary>Checks of what losses and metrics that a user wrote give, before it is used: torch would compute other numbers, or fail where
/// nobody sees why.</summary>
internal static class OwnFunctions
{
    /// <summary>Whether a loss or metric is not this library's.</summary>
    public static bool IsOwn(object function) => function.GetType().Assembly != typeof(OwnFunctions).Assembly;

    /// <summary>The losses of samples, if they are usable.</summary>
    /// <exception cref="TrainingDataException">They are null, no floating-point numbers, not one for each sample, or do not depend on the
    /// output.</exception>
    public static torch.Tensor Losses(string name, torch.Tensor? losses, torch.Tensor output)
    {
        var who = $"Loss '{name}'";
        CheckFloating(who, PerSample(who, losses, output));
        if (output.requires_grad && torch.is_grad_enabled() && !losses!.requires_grad) throw Detached(who);
        return losses!;
    }

    /// <summary>The loss of a whole batch, if it is usable.</summary>
    /// <exception cref="TrainingDataException">It is null, no floating-point number, or several.</exception>
    public static torch.Tensor OneNumber(string who, torch.Tensor? total)
    {
        if (total is null) throw Wrong(who, "but gave null", "Return a tensor with one number.");
        if (total.NumberOfElements != 1) throw Wrong(who, $"but gave a tensor of shape {ShapeText.Of(total.shape)}",
            "Return one number for the batch, for example with mean().");
        CheckFloating(who, total);
        return total;
    }

    /// <summary>The numbers that a metric gives for samples, if they are usable.</summary>
    /// <exception cref="TrainingDataException">They are null, or not one for each sample.</exception>
    public static torch.Tensor Values(string name, torch.Tensor? values, torch.Tensor output)
        => PerSample($"Metric '{name}'", values, output);

    /// <summary>What a metric gives for all batches, if it gives something.</summary>
    public static torch.Tensor Result(string name, torch.Tensor? result)
        => result ?? throw Wrong($"Metric '{name}'", "but gave null", "Return a tensor.");

    /// <summary>Runs a function of the user's and compares what it was given with what it left.</summary>
    /// <param name="who">What it is called.</param>
    /// <param name="given">The tensors it was given.</param>
    /// <param name="run">Runs it.</param>
    /// <exception cref="TrainingDataException">It changed one in place.</exception>
    public static T Unchanged<T>(string who, IReadOnlyList<torch.Tensor> given, Func<T> run)
    {
        List<torch.Tensor> before;
        using (torch.no_grad()) before = [.. given.Select(tensor => tensor.detach().clone())];
        var result = run();
        using var noGradient = torch.no_grad();
        if (given.Zip(before).All(pair => AreSame(pair.First.detach(), pair.Second))) return result;
        throw Wrong(who, "but changed a tensor that it was given in place",
            "Use the operations whose names do not end in '_', or work on a clone.");
    }

    /// <summary>Not a number is the same as not a number.</summary>
    private static bool AreSame(torch.Tensor left, torch.Tensor right)
    {
        using var scope = torch.NewDisposeScope();
        return left.shape.SequenceEqual(right.shape) && left.eq(right).logical_or(left.isnan().logical_and(right.isnan())).all(
            ).item<bool>();
    }

    private static torch.Tensor PerSample(string who, torch.Tensor? values, torch.Tensor output)
    {
        if (values is null) throw Wrong(who, "but gave null", "Return a tensor with a number for each sample.");
        if (output.dim() == 0 || values.dim() > 0 && values.shape[0] == output.shape[0]) return values;
        throw Wrong(who, $"but gave a tensor of shape {ShapeText.Of(values.shape)} for an output of {ShapeText.Of(output.shape)}",
            "Take means and sums over the last axes, not over the batch, which the library reduces itself.");
    }

    public static void CheckFloating(string who, torch.Tensor values)
    {
        if (!values.is_floating_point()) throw Wrong(who, $"but gave numbers of type {values.dtype}",
            "Convert with .to(ScalarType.Float32): whole numbers have no gradient.");
    }

    public static TrainingDataException Detached(string who)
        => Wrong(who, "but gave a tensor that is cut off from the model's output: it has no gradient",
            "Compute it from the output with torch's operations, without detach(), no_grad() or a way through arrays.");

    public static TrainingDataException Wrong(string who, string received, string remedy) => new(new(
        "own_function",
        $"{who} must give a new tensor of numbers, those of a loss or a mean with the batch on the first axis,",
        received + ".",
        remedy));
}
