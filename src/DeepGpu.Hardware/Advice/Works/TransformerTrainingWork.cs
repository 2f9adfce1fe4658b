namespace DeepGpu.Hardware.Advice;

/// <summary>A transformer that is trained, or whose adapters are.</summary>
internal sealed class TransformerTrainingWork(TransformerTraining training, ForecastOptions options) : TransformerWork(options)
{
    private const double BytesAnElement = 4;

    private readonly Lazy<Workload> _workload = new(() => WorkloadOf(training));

    public override Workload Workload => _workload.Value;

    public override string Text => Invariant(
        $"'{PrintableText.Of(training.Model.Name)}' ({Method}, batch {training.BatchSize}, length {training.SequenceLength}, {Precision})");

    public override string Precision => training.Precision.ToString();

    public override int Cards => training.Cards;

    public override ByteSize Peak => Forecast(GpuCatalog.Default.Cards[0]).PeakMemory.Value;

    public override IEnumerable<(string Text, AdvisedWork Work)> Alternatives
    {
        get
        {
            if (!training.Checkpointing) yield return ("with activations made again in the backward pass", With(Checkpointed));
            if (training.Method == FineTuning.Full) yield return ("with adapters alone trained (LoRA)", With(Adapters(FineTuning.Lora)));
        }
    }

    private string Method => training.Method switch
    {
        FineTuning.Lora => "LoRA",
        FineTuning.QLora => "QLoRA",
        _ => "training",
    };

    private TransformerTraining Checkpointed => training with { Checkpointing = true };

    public override GpuForecast? On(GpuSpec card)
    {
        var f = Forecast(card);
        var plain = Of(card, f.Memory, f.PeakMemory, f.Fits) with
        {
            ProbabilityThatItFits = f.ProbabilityThatItFits,
            Notes = f.Notes,
            TokensPerStep = training.TokensPerStep * training.Cards,
        };
        return Timed(plain, f.StepTime, f.TokensPerSecond, ForecastBound.Compute,
            Workload.Operations.Sum(operation => operation.ForwardElements + operation.BackwardElements) * BytesAnElement);
    }

    public override AdvisedWork AtBatch(int batch) => With(training with { BatchSize = batch });

    public override AdvisedWork AtPowerLimit(Power limit) => new TransformerTrainingWork(training, Options with { PowerLimit = limit });

    public override IReadOnlyList<FitRemedy> Remedies(GpuSpec card)
    {
        List<(FitRemedyKind Kind, string Text, TransformerTraining Step, int Times)> changes = [];
        if (LargestBatch(card) is { } batch && batch < training.BatchSize)
        {
            var parts = (training.BatchSize + batch - 1) / batch;
            changes.Add((FitRemedyKind.SmallerBatch, Invariant($"a batch of {batch}"), training with { BatchSize = batch }, 1));
            changes.Add((FitRemedyKind.GradientAccumulation, Invariant($"gradients accumulated over {parts} parts of {batch}"),
                training with { BatchSize = batch }, parts));
        }

        if (!training.Checkpointing)
            changes.Add((FitRemedyKind.Checkpointing, "activations made again in the backward pass (checkpointing)", Checkpointed, 1));
        if (training.Method == FineTuning.Full)
            changes.Add((FitRemedyKind.Freezing, "adapters alone trained (LoRA)", Adapters(FineTuning.Lora), 1));
        if (training.Method != FineTuning.QLora)
            changes.Add((FitRemedyKind.LowerPrecision, "adapters beside weights of 4 bits (QLoRA)", Adapters(FineTuning.QLora), 1));
        return [.. changes.Select(change => IfItFits(change.Kind, change.Text, change.Step, card, change.Times)).Append(MoreCards(card))
            .OfType<FitRemedy>()];
    }

    public override FitRemedy? MoreCards(GpuSpec card)
        => CardsThatHold(training.Cards, count => With(Shared(count)).Forecast(card).Fits) is not { } cards ? null
            : IfItFits(FitRemedyKind.MoreCards, $"{cards} {card.Name} that share the weights", Shared(cards), card, 1);

    protected override int? LargestBatch(GpuSpec card) => Forecast(card).LargestBatch;

    /// <summary>The same batch over more cards, each with a part of the weights.</summary>
    private TransformerTraining Shared(int cards) => training with
    {
        Cards = cards,
        Shards = true,
        BatchSize = Math.Max(1, (training.BatchSize * training.Cards + cards - 1) / cards),
    };

    private TransformerTraining Adapters(FineTuning method) => training with { Method = method };

    private FitRemedy? IfItFits(FitRemedyKind kind, string text, TransformerTraining changed, GpuSpec card, int times)
    {
        var f = With(changed).Forecast(card);
        return IfItFits(kind, text, f.Fits, f.PeakMemory.Value, f.StepTime is { } step
            ? new(step.Value * times, step.Low * times, step.High * times, step.Basis) : null);
    }

    private TransformerTrainingForecast Forecast(GpuSpec card) => TransformerForecaster.Default.Forecast(training, card);

    private TransformerTrainingWork With(TransformerTraining changed) => new(changed, Options);

    /// <summary>The layers of a step, forward and backward.</summary>
    private static Workload WorkloadOf(TransformerTraining t)
    {
        var (model, layers) = (t.Model, t.Model.Layers + t.Model.EncoderLayers);
        var all = model.TrainingFlops(t.SequenceLength, t.BatchSize, t.Method == FineTuning.Full, t.Checkpointing);
        var forward = t.BatchSize * (t.SequenceLength * (model.LayerFlopsPerToken + model.OutputFlopsPerToken)
            + model.AttentionFlops(t.SequenceLength));
        return new()
        {
            Name = model.Name,
            Task = WorkloadTask.Training,
            BatchSize = t.BatchSize,
            Precision = t.Precision,
            ParameterCount = model.ParameterCount,
            TrainableParameterCount = t.TrainedParameters,
            OptimizerStateBytesPerParameter = (int)t.OptimizerBytes,
            Operations = [.. Layers("layer", layers, forward, all - forward, model.ParameterCount, t.TrainedParameters, 1)],
        };
    }
}
