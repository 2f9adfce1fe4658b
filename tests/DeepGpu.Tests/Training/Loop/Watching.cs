namespace DeepGpu.Tests.Training;

/// <summary>Calls a function before each part of a step, named in lower case; it may throw.</summary>
internal sealed class Watching(Action<string, int> told) : StepWatch
{
    public override void Before(StepPhase phase, int samples) => told(phase.ToString().ToLowerInvariant(), samples);
}
