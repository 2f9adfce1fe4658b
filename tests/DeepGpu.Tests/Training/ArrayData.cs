using DeepGpu.Data;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Arrays for several inputs and outputs, with weights.</summary>
internal sealed class ArrayData(IReadOnlyList<NDArray> inputs, IReadOnlyList<NDArray> targets, params IReadOnlyList<NDArray> weights)
    : DataSource
{
    internal override string Fingerprint => "arrays";

    internal override void Check(DataRequirements requirements, string name)
    {
        DataChecks.Inputs(inputs, requirements.Spec, name);
        DataChecks.Targets(targets, requirements, name);
    }

    internal override BatchSource Open(DataRequirements requirements, torch.Device device, long? shuffleSeed)
        => new ResidentData(inputs, targets, weights, device, shuffleSeed);

    internal override (DataSource First, DataSource Second) Cut(double share) => throw new NotSupportedException();
}
