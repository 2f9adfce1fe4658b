using TorchSharp;
using TorchSharp.Modules;

namespace DeepGpu;

/// <summary>Writes event files that TensorBoard shows: losses and metrics an epoch, under "train" and "validation".
/// Keras: https://keras.io/api/callbacks/tensorboard/</summary>
/// <param name="logDirectory">The folder given to <c>tensorboard --logdir</c>. Default "logs".</param>
/// <param name="histogramFrequency">Weights' histograms after every so many epochs; 0 for none. Default 0.</param>
/// <param name="updateFrequency">Losses and metrics so far after every so many steps as well; null for epochs only. Default null.</param>
public sealed class TensorBoard(string logDirectory = "logs", int histogramFrequency = 0, int? updateFrequency = null) : Callback
{
    private const string ValidationPrefix = "val_";

    private readonly int _histogramFrequency = Require.AtLeast(histogramFrequency, 0, nameof(TensorBoard));
    private readonly int? _updateFrequency = updateFrequency is { } steps
        ? Require.AtLeast(steps, 1, nameof(TensorBoard), nameof(updateFrequency))
        : null;
    private SummaryWriter? _train;
    private SummaryWriter? _validation;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    protected internal override bool IsForFirstRank => true;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _train = torch.utils.tensorboard.SummaryWriter(Path.Combine(logDirectory, "train"));
        _validation = context.Session.IsValidated ? torch.utils.tensorboard.SummaryWriter(Path.Combine(logDirectory, "validation")) : null;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_updateFrequency is not { } frequency || context.Step % frequency != 0) return;
        foreach (var (name, value) in context.ReadLogs()) _train!.add_scalar("batch_" + name, (float)value, (int)context.Step);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        foreach (var (name, value) in logs)
        {
            var isValidation = name.StartsWith(ValidationPrefix, StringComparison.Ordinal) && _validation is not null;
            (isValidation ? _validation : _train)!.add_scalar("epoch_" + (isValidation ? name[ValidationPrefix.Length..] : name),
                (float)value, context.Epoch - 1);
        }

        _train!.add_scalar("epoch_learning_rate", (float)context.LearningRate, context.Epoch - 1);
        if (_histogramFrequency > 0 && context.Epoch % _histogramFrequency == 0) WriteHistograms(context);
    }

    private void WriteHistograms(TrainingContext context)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var weight in context.Model.Weights) _train!.add_histogram(weight.Name, weight.Tensor.cpu(), context.Epoch - 1);
    }
}
