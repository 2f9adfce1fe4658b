namespace DeepGpu.Models;

/// <summary>What layers over images have in common.</summary>
public abstract record ImageLayer : UnaryLayer
{
    private protected ImageLayer()
    {
    }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, 2);
        return input;
    }

    /// <summary>The input's shape, whose images are grey or have red, green and blue.</summary>
    private protected Shape Colored(Shape input)
    {
        DataFormat.CheckRank(input, 2);
        return input[DataFormat.ChannelAxis()] is null or 1 or 3
            ? input
            : throw new ShapeException("images of 1 channel or of 3 (red, green, blue)", "Convert the images before the layer.");
    }
}
