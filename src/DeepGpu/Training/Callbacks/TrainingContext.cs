namespace DeepGpu;

/// <summary>Where training is, for callbacks; and what they may change.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(TrainingSession session) => Session = session;

    /// <summary>The model that is trained.</summary>
    public Model Model => Session.Model;

    /// <summary>How Fit was called.</summary>
    public FitOptions Options => Session.Options;

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch => Session.Epoch;

    /// <summary>Steps taken in this epoch.</summary>
    public int Batch => Session.Batch;

    /// <summary>Steps an epoch has; null where that is not known yet.</summary>
    public int? Batches => Session.Batches;

    /// <summary>Steps taken since the model was compiled.</summary>
    public long Step => Session.Compiled.Steps;

    /// <summary>What was measured in the epochs done.</summary>
    public History History => Session.History;

    /// <summary>The learning rate of the next step. Setting it replaces the optimizer's schedule.</summary>
    public double LearningRate
    {
        get => Session.Compiled.Stepper.LearningRate;
        set => Session.Compiled.Stepper.LearningRate = Require.AtLeast(value, 0, nameof(TrainingContext));
    }

    /// <summary>Whether the optimizer's rate follows a schedule.</summary>
    public bool IsRateScheduled => Session.Compiled.Stepper.IsScheduled;

    /// <summary>Refuses an optimizer whose rate a callback may not set.</summary>
    /// <param name="owner">The callback.</param>
    /// <exception cref="ModelStateException">The rate follows a schedule.</exception>
    internal void RefuseSchedule(string owner)
    {
        if (!IsRateScheduled) return;
        throw new ModelStateException(new(
            "scheduled_rate",
            $"{owner} needs a learning rate that it may set,",
            "but the optimizer's rate follows a schedule.",
            "Give the optimizer a number as its learning rate, or leave the callback out."));
    }

    /// <summary>Whether training continues from a checkpoint.</summary>
    public bool IsResumed => Session.IsResumed;

    /// <summary>Whether training ends after this step or epoch.</summary>
    public bool IsStopping => Session.StopReason is not null;

    /// <summary>Ends training after this step.</summary>
    /// <param name="reason">Why, for the history's notes.</param>
    public void Stop(string reason) => Session.StopReason = reason;

    /// <summary>Losses and metrics of the epoch so far, before its end. Waits for the device.</summary>
    public IReadOnlyDictionary<string, double> ReadLogs() => Session.ReadLogs();

    /// <summary>The whole state of training, for checkpoints.</summary>
    internal TrainingSession Session { get; }
}
