using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>Memory that could not be had, and by whom. Never reaches a user: what was tried is tried again in parts, or becomes an
/// <see cref="OutOfGpuMemoryException"/>.</summary>
/// <param name="where">What needed it.</param>
/// <param name="cause">The failed allocation; null for one that was not tried because there is not so much.</param>
internal sealed class AllocationException(string where, Exception? cause)
    : ExternalException(cause is null ? where : $"{where}: {TorchText.Of(cause)}", cause);
