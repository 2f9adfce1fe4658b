namespace DeepGpu;

/// <summary>Ends training when the loss is not finite. Keras: https://keras.io/api/callbacks/terminate_on_nan/</summary>
/// <remarks>Looks at the loss after each step, when the weights are changed already, and waits for the device to do so.
/// <see cref="FitOptions.NonFinite"/> looks before the weights change.</remarks>
/// <param name="raiseError">Whether it throws instead of ending training. Default false.</param>
public sealed class TerminateOnNaN(bool raiseError = false) : Callback
{
    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (double.IsFinite(context.Session.Logs.Read()["loss"])) return;
        if (raiseError) throw NonFiniteException.At(context.Epoch, context.Batch, "the loss");
        context.Stop($"{nameof(TerminateOnNaN)}: the loss of batch {context.Batch} of epoch {context.Epoch} is not finite.");
    }
}
