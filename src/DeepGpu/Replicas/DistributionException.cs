namespace DeepGpu;

/// <summary>Processes cannot train together: one has another model, other data, or was not found.</summary>
/// <param name="fault">What is wrong.</param>
public sealed class DistributionException(Fault fault) : DeepGpuException(fault);
