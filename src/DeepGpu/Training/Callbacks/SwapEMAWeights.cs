using System.Text.Json.Nodes;

namespace DeepGpu;

/// <summary>Measures, and on request keeps, the moving averages of the weights instead of the weights. Keras: https://keras.io/api/callbacks/swap_ema_weights/</summary>
/// <param name="swapOnEpoch">Whether the averages are the model's weights from each epoch's end until the next begins, so that what is saved holds them. Default false: only while validation runs.</param>
public sealed class SwapEMAWeights(bool swapOnEpoch = false) : Callback
{
    private bool _isSwapped;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _isSwapped = false;
        if (!context.Session.Compiled.Stepper.KeepsAverages) throw NoAverages();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Swap(context, to: false);

    /// <inheritdoc/>
    public override void OnTestBegin(TrainingContext context) => Swap(context, to: true);

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingContext context) => Swap(context, to: swapOnEpoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs) => Swap(context, to: swapOnEpoch);

    /// <inheritdoc/>
    public override CallbackState SaveState() => new(new JsonObject { ["swapped"] = _isSwapped });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _isSwapped = (bool)state.Values["swapped"]!;
    }

    private void Swap(TrainingContext context, bool to)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_isSwapped == to) return;
        context.Session.Compiled.Stepper.SwapAverages();
        _isSwapped = to;
    }

    private static ModelStateException NoAverages() => new(new(
        "no_averages",
        $"{nameof(SwapEMAWeights)} needs an optimizer that keeps averages of the weights,",
        "but this one does not.",
        "Set UseEma on the optimizer."));
}
