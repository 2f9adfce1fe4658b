using TorchSharp;

namespace DeepGpu;

/// <summary>What a model is trained, measured or run on: arrays in memory, or a stream of samples.</summary>
public abstract class DataSource
{
    private protected DataSource()
    {
    }

    /// <summary>Checks what can be checked before anything native is called.</summary>
    internal abstract void Check(DataRequirements requirements, string name);

    /// <summary>Makes batches on a device.</summary>
    /// <param name="requirements">The model they must fit.</param>
    /// <param name="device">The model's device.</param>
    /// <param name="shuffleSeed">Decides the order of each epoch; null keeps the source's order.</param>
    internal abstract BatchSource Open(DataRequirements requirements, torch.Device device, long? shuffleSeed);

    /// <summary>The samples before and after a share of them, in the source's order.</summary>
    /// <param name="share">The share of the first part.</param>
    /// <exception cref="TrainingDataException">The source cannot be split, or a part would be empty.</exception>
    internal abstract (DataSource First, DataSource Second) Cut(double share);

    /// <summary>What a checkpoint remembers of the data, to notice that it changed.</summary>
    internal abstract string Fingerprint { get; }
}
