namespace DeepGpu.Models;

/// <summary>What dropout of whole channels over 1, 2 or 3 spatial axes has in common.</summary>
public abstract record SpatialDropout : NoiseLayer
{
    private protected SpatialDropout(int spatial, double rate)
    {
        Spatial = spatial;
        Rate = rate;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The share of channels set to 0, in [0, 1).</summary>
    public double Rate { get; init => field = Require.Fraction(value, ClassName, nameof(Rate)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        return input;
    }
}
