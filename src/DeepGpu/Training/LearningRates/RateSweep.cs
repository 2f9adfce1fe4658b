using DeepGpu.Optimizers;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Raises the learning rate each step and notes the losses; when training ends, weights and optimizer are as before.</summary>
internal sealed class RateSweep(LearningRateFinder options) : Callback
{
    private readonly List<LearningRatePoint> _points = [];
    private Before? _before;
    private ReplicaGroup? _group;
    private double _mean;
    private double _lowest = double.PositiveInfinity;
    private double _sum;
    private long _samples;
    private bool _diverged;

    public LearningRateCurve Curve() => new(_points, _diverged);

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    public override void OnTrainBegin(TrainingContext context)
        => (_before, _group) = (new(context.Session), context.Session.Compiled.Group);

    public override void OnEpochBegin(TrainingContext context) => (_sum, _samples) = (0, 0);

    public override void OnBatchBegin(TrainingContext context) => context.LearningRate = options.RateAt(_points.Count);

    public override void OnBatchEnd(TrainingContext context)
    {
        var loss = BatchLoss(context.Session.Logs);
        if (double.IsFinite(loss)) Note(context.LearningRate, loss);
        else _diverged = true;
        if (_diverged || _points.Count == options.Steps) context.Stop("The sweep over learning rates is done.");
    }

    internal override void OnExit(bool isFinished) => _before?.Restore();

    private void Note(double rate, double loss)
    {
        _mean = options.Smoothing * _mean + (1 - options.Smoothing) * loss;
        var smoothed = _mean / (1 - Math.Pow(options.Smoothing, _points.Count + 1));
        _points.Add(new(rate, loss, smoothed));
        _lowest = Math.Min(_lowest, smoothed);
        _diverged = smoothed > _lowest + (options.DivergenceFactor - 1) * Math.Abs(_lowest);
    }

    /// <summary>What the last step added to the epoch's sum, by its samples. Waits for the device.</summary>
    private double BatchLoss(EpochLogs logs)
    {
        var (sum, samples) = (logs.Sums[0].item<double>(), logs.Samples);
        if (_group is { } group && group.Total(sum, samples) is [var all, var count]) (sum, samples) = (all, (long)count);
        var loss = (sum - _sum) / (samples - _samples);
        (_sum, _samples) = (sum, samples);
        return loss;
    }

    /// <summary>Weights and optimizer before the sweep.</summary>
    private sealed class Before(TrainingSession session)
    {
        private readonly OptimizerState _optimizer = session.Compiled.Stepper.Save();
        private readonly (long Steps, int Epochs) _taken = (session.Compiled.Steps, session.FirstEpoch);
        private readonly List<torch.Tensor> _weights = Clones(session);

        public void Restore()
        {
            using var noGradient = torch.no_grad();
            using var writing = session.Compiled.Gate.Write();
            foreach (var (weight, values) in session.Compiled.Weights.Zip(_weights))
            {
                weight.Tensor.copy_(values);
                values.Dispose();
            }

            session.Compiled.Stepper.Restore(_optimizer);
            (session.Compiled.Steps, session.Compiled.Epochs) = _taken;
            session.Model.ResetState();
        }

        private static List<torch.Tensor> Clones(TrainingSession session)
        {
            using var noGradient = torch.no_grad();
            return [.. session.Compiled.Weights.Select(weight => weight.Tensor.clone().DetachFromDisposeScope())];
        }
    }
}
