namespace DeepGpu.Models;

/// <summary>The optimizers and schedules a config may name, literal lists: nothing in a file can name a .NET type.</summary>
internal static class OptimizerTypes
{
    private static readonly OptimizerJsonContext Json = OptimizerJsonContext.Default;

    private static readonly KerasType[] Optimizers =
    [
        new("Adadelta", "adadelta", Json.Adadelta, new Adadelta()),
        new("Adafactor", "adafactor", Json.Adafactor, new Adafactor()),
        new("Adagrad", "adagrad", Json.Adagrad, new Adagrad()),
        new("Adam", "adam", Json.Adam, new Adam()),
        new("AdamW", "adamw", Json.AdamW, new AdamW()),
        new("Adamax", "adamax", Json.Adamax, new Adamax()),
        new("Ftrl", "ftrl", Json.Ftrl, new Ftrl()),
        new("Lamb", "lamb", Json.Lamb, new Lamb()),
        new("Lion", "lion", Json.Lion, new Lion()),
        new("Muon", "muon", Json.Muon, new Muon()),
        new("Nadam", "nadam", Json.Nadam, new Nadam()),
        new("RMSprop", "rmsprop", Json.RMSprop, new RMSprop()),
        new("ScheduleFreeAdamW", "schedule_free_adamw", Json.ScheduleFreeAdamW, new ScheduleFreeAdamW()),
        new("SGD", "SGD", Json.Sgd, new Sgd()),
    ];

    private static readonly KerasType[] Schedules =
    [
        new("CosineDecay", "CosineDecay", Json.CosineDecay, new CosineDecay(1, 1)),
        new("CosineDecayRestarts", "SGDRDecay", Json.CosineDecayRestarts, new CosineDecayRestarts(1, 1)),
        new("ExponentialDecay", "ExponentialDecay", Json.ExponentialDecay, new ExponentialDecay(1, 1, 1)),
        new("InverseTimeDecay", "InverseTimeDecay", Json.InverseTimeDecay, new InverseTimeDecay(1, 1, 1)),
        new("PiecewiseConstantDecay", "PiecewiseConstant", Json.PiecewiseConstantDecay, new PiecewiseConstantDecay([1], [1, 1])),
        new("PolynomialDecay", "PolynomialDecay", Json.PolynomialDecay, new PolynomialDecay(1, 1)),
        new("LinearWarmup", "LinearWarmup", Json.LinearWarmup, new LinearWarmup(1, 1)) { IsKeras = false },
        new("OneCycle", "OneCycle", Json.OneCycle, new OneCycle(1, 2)) { IsKeras = false },
    ];

    /// <summary>An optimizer by Keras's name of it in any case, as Keras takes it; null for one this library does not know.</summary>
    public static KerasType? Optimizer(string className)
        => Optimizers.FirstOrDefault(type => type.ClassName.Equals(className, StringComparison.OrdinalIgnoreCase));

    /// <summary>A schedule by Keras's name of it; null for one this library does not know.</summary>
    public static KerasType? Schedule(string className) => Schedules.FirstOrDefault(type => type.ClassName == className);
}
