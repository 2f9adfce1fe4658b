namespace DeepGpu;

/// <summary>The parts of a step, in order; those of the optimizer after <see cref="Step"/>.</summary>
internal enum StepPhase
{
    Forward,
    Backward,
    Metrics,
    Step,
    Unscale,
    Clip,
    Update,
    Average,
}

/// <summary>Is told before each part of a step that takes memory. An exception ends the attempt as a shortage at that place does.</summary>
internal class StepWatch
{
    /// <summary>Nobody watches.</summary>
    public static StepWatch None { get; } = new();

    /// <summary>A part is about to begin.</summary>
    /// <param name="phase">Which.</param>
    /// <param name="samples">The samples it is of; 0 in the optimizer.</param>
    public virtual void Before(StepPhase phase, int samples)
    {
    }
}
