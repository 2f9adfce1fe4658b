using DeepGpu.Data;
using TorchSharp;

namespace DeepGpu;

/// <content>As what a model trains on.</content>
public sealed partial class DataStream
{
    internal override string Fingerprint
        => FormattableString.Invariant(
            $"a stream of {(Count is { } count ? count : "any number of")} samples, seed {(Seed is { } seed ? seed : "of the model")}");

    /// <summary>Checks only that there is a sample, where that is known: samples are not made before they are needed, and each batch is
    /// checked as it comes.</summary>
    internal override void Check(DataRequirements requirements, string name)
    {
        if (Count == 0) throw DatasetChecks.Empty($"{name} is a stream of none");
    }

    internal override BatchSource Open(DataRequirements requirements, torch.Device device, long? shuffleSeed)
        => new StreamedData(this, _names, requirements, device, Seed ?? shuffleSeed ?? 0);

    internal override (DataSource First, DataSource Second) Cut(double share)
    {
        if (Count is not { } count)
            throw new TrainingDataException(new("split", "A stream is split by its number of samples,",
                "but only reading it tells how many there are.", "Pass validation data of its own, or use Take and Skip."));
        var first = DatasetChecks.CutAt(count, share);
        return (Take(first), Skip(first));
    }
}
