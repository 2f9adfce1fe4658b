using System.Text.Json.Nodes;

namespace DeepGpu;

/// <summary>Measures, and on request keeps, the moving averages of the weights instead of the weights.
/// Keras: https://keras.io/api/callbacks/swap_ema_weights/</summary>
/// <param name="swapOnEpoch">Whether the averages are the model's weights from each epoch's end until the next begins,
/// so that what is saved holds them. Default false: only while validation runs.</param>
public sealed class SwapEMAWeights(bool swapOnEpoch = false) : Callback
{
    private Compiled? _compiled;
    private bool _isSwapped;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_compiled, _isSwapped) = (context.Session.Compiled, false);
        if (!_compiled.Stepper.KeepsAverages) throw NoAverages();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Swap(to: false);

    /// <inheritdoc/>
    public override void OnTestBegin(TrainingContext context) => Swap(to: true);

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingContext context) => Swap(to: swapOnEpoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs) => Swap(to: swapOnEpoch);

    /// <inheritdoc/>
    public override CallbackState SaveState() => new(new JsonObject { ["swapped"] = _isSwapped });

    /// <inheritdoc/>
    public override void RestoreState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _isSwapped = (bool)state.Values["swapped"]!;
    }

    /// <summary>The end makes the averages the weights: from the averages it would make the weights of the last step.</summary>
    internal override void OnTurn(TrainingContext context, TrainingTurn turn)
    {
        if (turn == TrainingTurn.End) Swap(to: false);
    }

    /// <summary>Training that ends while measuring leaves the weights it trained.</summary>
    internal override void OnExit(bool isFinished)
    {
        if (_compiled is not null) Swap(to: false);
        _compiled = null;
    }

    private void Swap(bool to)
    {
        if (_isSwapped != to) _compiled!.SwapAverages();
        _isSwapped = to;
    }

    private static ModelStateException NoAverages() => new(new(
        "no_averages",
        $"{nameof(SwapEMAWeights)} needs an optimizer that keeps averages of the weights,",
        "but this one does not.",
        "Set UseEma on the optimizer."));
}
