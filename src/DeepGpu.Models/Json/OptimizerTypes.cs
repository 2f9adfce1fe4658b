namespace DeepGpu.Models.Json;

/// <summary>The optimizers and schedules a config may name.</summary>
internal static partial class OptimizerTypes
{
    private static OptimizerJsonContext Json => OptimizerJsonContext.Default;

    /// <summary>Every class of optimizers, by Keras's name of it in any case, as Keras takes it.</summary>
    public static KerasTypes Optimizers { get; } = new(OptimizerRows(), name => name.ToUpperInvariant());

    /// <summary>Every class of schedules.</summary>
    public static KerasTypes Schedules { get; } = new(ScheduleRows());

    /// <summary>An optimizer by Keras's name of it; null for one this library does not know.</summary>
    public static KerasType? Optimizer(string className) => Optimizers.Find(className);

    /// <summary>A schedule by Keras's name of it; null for one this library does not know.</summary>
    public static KerasType? Schedule(string className) => Schedules.Find(className);
}
