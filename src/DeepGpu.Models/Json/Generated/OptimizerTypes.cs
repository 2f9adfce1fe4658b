// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models.Json;

/// <content>The rows.</content>
internal static partial class OptimizerTypes
{
    private static KerasType[] OptimizerRows() =>
    [
        new KerasType<Adadelta>("Adadelta", () => Json.Adadelta, () => new()) { Name = "adadelta" },
        new KerasType<Adafactor>("Adafactor", () => Json.Adafactor, () => new()) { Name = "adafactor" },
        new KerasType<Adagrad>("Adagrad", () => Json.Adagrad, () => new()) { Name = "adagrad" },
        new KerasType<Adam>("Adam", () => Json.Adam, () => new()) { Name = "adam" },
        new KerasType<AdamW>("AdamW", () => Json.AdamW, () => new()) { Name = "adamw" },
        new KerasType<Adamax>("Adamax", () => Json.Adamax, () => new()) { Name = "adamax" },
        new KerasType<Ftrl>("Ftrl", () => Json.Ftrl, () => new()) { Name = "ftrl" },
        new KerasType<Lamb>("Lamb", () => Json.Lamb, () => new()) { Name = "lamb" },
        new KerasType<Lion>("Lion", () => Json.Lion, () => new()) { Name = "lion" },
        new KerasType<Muon>("Muon", () => Json.Muon, () => new()) { Name = "muon" },
        new KerasType<Nadam>("Nadam", () => Json.Nadam, () => new()) { Name = "nadam" },
        new KerasType<RMSprop>("RMSprop", () => Json.RMSprop, () => new()) { Name = "rmsprop" },
        new KerasType<ScheduleFreeAdamW>("ScheduleFreeAdamW", () => Json.ScheduleFreeAdamW, () => new())
        { Name = "schedule_free_adamw" },
        new KerasType<Sgd>("SGD", () => Json.Sgd, () => new()) { Name = "SGD" },
    ];

    private static KerasType[] ScheduleRows() =>
    [
        new KerasType<CosineDecay>("CosineDecay", () => Json.CosineDecay, () => new(0.5, 0.5)),
        new KerasType<CosineDecayRestarts>("CosineDecayRestarts", () => Json.CosineDecayRestarts, () => new(0.5, 0.5))
        { Name = "SGDRDecay" },
        new KerasType<ExponentialDecay>("ExponentialDecay", () => Json.ExponentialDecay, () => new(0.5, 0.5, 0.5)),
        new KerasType<InverseTimeDecay>("InverseTimeDecay", () => Json.InverseTimeDecay, () => new(0.5, 0.5, 0.5)),
        new KerasType<LinearWarmup>("LinearWarmup", () => Json.LinearWarmup, () => new(1, 0.5)) { IsKeras = false },
        new KerasType<OneCycle>("OneCycle", () => Json.OneCycle, () => new(1, 2)) { IsKeras = false },
        new KerasType<PiecewiseConstantDecay>("PiecewiseConstantDecay", () => Json.PiecewiseConstantDecay, () => new([1], [1, 1]))
        { Name = "PiecewiseConstant" },
        new KerasType<PolynomialDecay>("PolynomialDecay", () => Json.PolynomialDecay, () => new(0.5, 0.5)),
    ];
}
