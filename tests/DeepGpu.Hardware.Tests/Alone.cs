namespace DeepGpu.Hardware.Tests;

/// <summary>Tests that keep the processor busy: they run after those that run side by side, some of which look at the clock.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public static class Alone;
