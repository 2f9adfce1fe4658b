namespace DeepGpu.Hardware.Advice;

/// <summary>What is run, as a recommendation asks about it: on which card how fast, in how much memory, for how long.</summary>
internal abstract class AdvisedWork
{
    /// <summary>A step in operations: what a processor would have to do.</summary>
    public abstract Workload Workload { get; }

    /// <summary>The work in words: "'resnet50' (training, batch 64, Float32)".</summary>
    public abstract string Text { get; }

    /// <summary>The number format, or how weights are stored.</summary>
    public abstract string Precision { get; }

    /// <summary>What one step is called.</summary>
    public virtual string StepWord => "step";

    /// <summary>Equal cards that share the work.</summary>
    public virtual int Cards => 1;

    /// <summary>Whether memory decides which cards can run it, so that the answer names the least that holds it.</summary>
    public virtual bool NamesLeastMemory => false;

    /// <summary>Memory at the peak, on each card.</summary>
    public abstract ByteSize Peak { get; }

    /// <summary>The forecast on a card; null where it has no units for the number format.</summary>
    public abstract GpuForecast? On(GpuSpec card);

    /// <summary>The same work on another number of samples a step.</summary>
    public abstract AdvisedWork AtBatch(int batch);

    /// <summary>The same work under a power limit of each card.</summary>
    public abstract AdvisedWork AtPowerLimit(Power limit);

    /// <summary>The smallest changes that make it fit a card, each forecast.</summary>
    public abstract IReadOnlyList<FitRemedy> Remedies(GpuSpec card);

    /// <summary>How many of a card share the work so that it fits; null where more of them do not help.</summary>
    public abstract FitRemedy? MoreCards(GpuSpec card);

    /// <summary>What is not known of the work, a sentence each.</summary>
    public virtual IReadOnlyList<string> Unknown => [];

    /// <summary>Other ways to do the same that may change which card is best, in words.</summary>
    public virtual IEnumerable<(string Text, AdvisedWork Work)> Alternatives => [];

    /// <summary>The run that times and costs are of.</summary>
    public virtual RunLength Run(RecommendationOptions options) => RunLength.Of(Workload, options);

    /// <summary>The slowest step that counts as equal to a card's: the end of its interval.</summary>
    public virtual TimeSpan EqualUpTo(GpuForecast fastest) => fastest.StepTime!.Value.High;
}
