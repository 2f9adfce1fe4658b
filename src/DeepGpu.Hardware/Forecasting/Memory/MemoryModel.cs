namespace DeepGpu.Hardware;

/// <summary>Peak bytes of a step: context, what the allocator reserves for weights, gradients, state and activations,
/// and convolutions' scratch memory.</summary>
internal sealed class MemoryModel(Workload workload, StepMemoryResult step)
{
    private readonly bool _convolves = workload.Operations.Any(operation => operation.Kind == OperationKind.Convolution);

    private readonly double _unfolded = workload.Operations
        .Where(operation => operation.Product is { Cells: > 1 } or { HasUnitStride: false })
        .Select(operation => (double)operation.WorkspaceElements).DefaultIfEmpty().Max() * workload.Precision.BytesPerElement();

    public double Context(ConstantValues constants)
        => constants[MemoryConstants.Context] + (_convolves ? constants[MemoryConstants.ConvolutionContext] : 0);

    /// <summary>Scratch memory beyond what was simulated.</summary>
    public double Workspace(ConstantValues constants) => _convolves ? constants[MemoryConstants.Unfolded] * _unfolded : 0;

    /// <summary>What the allocator reserves beyond what is in use at the peak.</summary>
    public double Rounding(ConstantValues constants)
        => step.Reserved * (1 + (_convolves ? constants[MemoryConstants.Fragments] : 0)) - step.PeakUsed;

    public double Total(ConstantValues constants) => Context(constants) + step.PeakUsed + Rounding(constants) + Workspace(constants);
}
