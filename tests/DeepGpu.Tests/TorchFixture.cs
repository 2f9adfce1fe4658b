[assembly: AssemblyFixture(typeof(DeepGpu.Tests.TorchFixture))]

namespace DeepGpu.Tests;

/// <summary>Loads the native libraries before the first test, as making a model would.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => TorchRuntime.Start();
}
