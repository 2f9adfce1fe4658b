namespace DeepGpu.Hardware.Forecasting;

/// <summary>Where the seconds of a step go on a card, the optimizer's pass not among them. Operations of the same work are timed
/// once.</summary>
internal sealed class StepTimes
{
    private readonly StepWork _work;
    private readonly OperationTime[] _times;

    private StepTimes(StepWork work, OperationTime[] times)
    {
        (_work, _times) = (work, times);
        for (var kind = 0; kind < times.Length; kind++) Total += times[kind].Times(work.Distinct[kind].Count);
    }

    /// <summary>The seconds of all operations.</summary>
    public OperationTime Total { get; }

    /// <summary>Times a step.</summary>
    /// <param name="work">The step.</param>
    /// <param name="model">The model of products and passes.</param>
    /// <param name="recurrent">The model of recurrent layers.</param>
    /// <param name="generation">The card's generation, or -1.</param>
    public static StepTimes Of(StepWork work, StepTimeModel model, RecurrentTimeModel recurrent, int generation)
    {
        var times = new OperationTime[work.Distinct.Count];
        for (var kind = 0; kind < times.Length; kind++)
        {
            var operation = work.Distinct[kind].Work;
            times[kind] = model.TimeOf(operation) with { Recurrent = Recurrent(operation.Operation, work, recurrent, generation) };
        }

        return new(work, times);
    }

    /// <summary>The same times, all of them longer.</summary>
    public StepTimes Scaled(double factor) => new(_work, [.. _times.Select(time => time.Times(factor))]);

    /// <summary>One entry for each layer, in order.</summary>
    public IReadOnlyList<LayerForecast> ByLayer()
    {
        var all = Total.Sum;
        return
        [
            .. _work.Operations.Index().GroupBy(at => at.Item.Operation.Name, at => _times[_work.Kinds[at.Index]])
                .Select(layer => (layer.Key, Time: layer.Aggregate((a, b) => a + b)))
                .Select(layer => new LayerForecast(layer.Key, TimeSpan.FromSeconds(layer.Time.Sum), layer.Time.Sum / all, layer.Time.Most)),
        ];
    }

    private static double Recurrent(Operation operation, StepWork step, RecurrentTimeModel model, int generation)
    {
        if (operation.Recurrence is not { } shape) return 0;
        var anchor = new RecurrentAnchor(shape.Gates, shape.Units, shape.Rows, operation.SequentialSteps, step.IsTraining,
            step.Workload.IsHalf, generation);
        return model.Seconds(shape, operation.SequentialSteps, step.IsTraining)
            * Math.Exp(-CalibrationData.Default.Anchors.Excess(anchor));
    }
}

/// <summary>Where an operation's time on the card goes.</summary>
/// <param name="Compute">Seconds of computing.</param>
/// <param name="Memory">Seconds of moving data.</param>
/// <param name="Launch">Seconds of starting kernels.</param>
/// <param name="Recurrent">Seconds of steps that follow one another.</param>
internal readonly record struct OperationTime(double Compute, double Memory, double Launch, double Recurrent = 0)
{
    public double Sum => Compute + Memory + Launch + Recurrent;

    /// <summary>What takes most of it.</summary>
    public ForecastBound Most
    {
        get
        {
            var (bound, most) = (ForecastBound.Compute, Compute);
            if (Memory > most) (bound, most) = (ForecastBound.Memory, Memory);
            if (Launch > most) (bound, most) = (ForecastBound.Launch, Launch);
            return Recurrent > most ? ForecastBound.Recurrence : bound;
        }
    }

    public static OperationTime operator +(OperationTime a, OperationTime b)
        => new(a.Compute + b.Compute, a.Memory + b.Memory, a.Launch + b.Launch, a.Recurrent + b.Recurrent);

    /// <summary>The time of several such operations.</summary>
    public OperationTime Times(double count) => new(Compute * count, Memory * count, Launch * count, Recurrent * count);
}
