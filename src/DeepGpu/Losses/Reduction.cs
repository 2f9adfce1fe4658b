namespace DeepGpu;

/// <summary>How the losses of samples become one number. Keras: https://keras.io/api/losses/</summary>
public enum Reduction
{
    /// <summary>Their sum, divided by how many there are, whatever their weights. Keras's default.</summary>
    SumOverBatchSize,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Another name for <see cref="SumOverBatchSize"/>.</summary>
    Mean,

    /// <summary>Their sum, divided by the sum of their weights as they were given; the mean where there are no weights.</summary>
    MeanWithSampleWeight,

    /// <summary>They stay as they are: for looking at single samples, not for training.</summary>
    None,
}
