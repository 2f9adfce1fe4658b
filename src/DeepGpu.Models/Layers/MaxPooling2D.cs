namespace DeepGpu.Models;

/// <summary>The largest value of each window, channel by channel.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/pooling_layers/max_pooling2d/</remarks>
public sealed record MaxPooling2D : UnaryLayer
{
    private const int Spatial = 2;

    /// <summary>Makes a pooling layer.</summary>
    /// <param name="poolSize">The window's height and width, at least 1. Default 2.</param>
    public MaxPooling2D(Extent poolSize = default) => PoolSize = poolSize == default ? 2 : poolSize;

    /// <summary>The window's height and width, at least 1. Default 2.</summary>
    public Extent PoolSize { get; init => field = value.Checked(Spatial, 1, nameof(MaxPooling2D), nameof(PoolSize)); }

    /// <summary>The step between windows; null for the window's own size.</summary>
    public Extent? Strides { get; init => field = value?.Checked(Spatial, 1, nameof(MaxPooling2D), nameof(Strides)); }

    /// <summary>What happens at the border. Default valid.</summary>
    public Padding Padding { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Window.Slide(input, Spatial, PoolSize, Strides ?? PoolSize, dilation: 1, Padding);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (read, written) = (inputs[0].Elements ?? 0, OutputShape(inputs[0]).Elements ?? 0);
        return [new() { Name = name, Kind = OperationKind.Pooling, InputElements = read, OutputElements = written }];
    }
}
