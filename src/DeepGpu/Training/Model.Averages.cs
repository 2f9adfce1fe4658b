namespace DeepGpu;

/// <content>The average that an optimizer without a schedule keeps, in the place of the weights.</content>
public sealed partial class Model
{
    /// <summary>Makes the weights their average, best for measuring and predicting: with <see cref="Models.ScheduleFreeAdamW"/>.</summary>
    /// <remarks>Keras's <c>optimizer.swap_to_eval()</c>. A second call changes nothing; the next step of training undoes it, as
    /// <see cref="SwapToTraining"/> does. A file saved meanwhile holds the average and no state of the optimizer: training begins again
    /// from it. Inside Fit a callback may call it when a test begins, and the other when it ends.</remarks>
    /// <exception cref="ModelStateException">The model is not compiled, or with an optimizer that keeps no such average.</exception>
    public void SwapToEvaluation() => UseAverage(nameof(SwapToEvaluation), average: true);

    /// <summary>Makes the weights those that training changes, after <see cref="SwapToEvaluation"/>; else nothing.</summary>
    /// <remarks>Keras's <c>optimizer.swap_to_train()</c>.</remarks>
    /// <exception cref="ModelStateException">The model is not compiled, or with an optimizer that keeps no such average.</exception>
    public void SwapToTraining() => UseAverage(nameof(SwapToTraining), average: false);

    private void UseAverage(string call, bool average)
    {
        using var changing = _use.Begin(ModelCall.Set);
        var compiled = Ready(call);
        if (!compiled.Stepper.HasAverage) throw NoAverage(call);
        compiled.UseAverage(average);
    }

    private ModelStateException NoAverage(string call) => new(new(
        "no_averages",
        $"{call} needs an optimizer that trains beside the average of the weights,",
        $"but '{Spec.Name}' is compiled with {_compiled!.Options.Optimizer.GetType().Name}.",
        "Compile it with Optimizer.ScheduleFreeAdamW(), or keep averages with UseEma."));
}
