using DeepGpu.Tests.Runtime;

// Torch uses every core by itself, and tests count live tensors: one test at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(DeepGpu.Tests.TorchFixture))]

namespace DeepGpu.Tests;

/// <summary>Loads the native libraries before the first test, as making a model would. Where they cannot be loaded, each test that needs
/// them says why.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => TorchRuntime.Diagnose(FaultyEngine.Inject());
}
