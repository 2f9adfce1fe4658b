using System.Reflection;
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Tests.Optimizers;

/// <summary>One of each optimizer and schedule, found by reflection so that none can be forgotten.</summary>
internal static class OptimizerCases
{
    /// <summary>Every optimizer with its defaults.</summary>
    public static IReadOnlyDictionary<string, Optimizer> All { get; } = Concrete<Optimizer>()
        .Where(type => type != typeof(LossScaleOptimizer))
        .ToDictionary(type => type.Name, type => (Optimizer)Activator.CreateInstance(type)!);

    /// <summary>Every schedule that is not one number.</summary>
    public static IReadOnlyList<LearningRateSchedule> Schedules { get; } =
    [
        new CosineDecay(0.1, 100) { Alpha = 0.1, WarmupTarget = 0.3, WarmupSteps = 7 },
        new CosineDecayRestarts(0.1, 100) { TMul = 1.5, MMul = 0.9, Alpha = 0.2 },
        new ExponentialDecay(0.1, 10, 0.9) { Staircase = true },
        new InverseTimeDecay(0.1, 10, 0.9) { Staircase = true },
        new PiecewiseConstantDecay([1, 5], [0.3, 0.2, 0.1]),
        new PolynomialDecay(0.1, 10) { EndLearningRate = 0.01, Power = 2, Cycle = true },
        new LinearWarmup(new CosineDecay(0.1, 100), 5) { InitialLearningRate = 0.01 },
        new OneCycle(0.5, 100) { WarmupShare = 0.2, InitialDivisor = 10, FinalDivisor = 100 },
    ];

    /// <summary>Classes that derive from a base and can be made.</summary>
    public static IEnumerable<Type> Concrete<T>()
        => typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract);

    /// <summary>Every option that a config holds.</summary>
    public static IEnumerable<PropertyInfo> Options(object value) => value.GetType().GetProperties()
        .Where(property => property.SetMethod is not null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    /// <summary>A copy of an optimizer with another value of an option.</summary>
    public static Optimizer With(Optimizer optimizer, PropertyInfo option, object? value)
    {
        var copy = optimizer with { };
        option.SetValue(copy, value);
        return copy;
    }
}
