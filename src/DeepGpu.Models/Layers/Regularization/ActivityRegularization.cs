namespace DeepGpu.Models;

/// <summary>Adds a penalty on its input to the loss and passes the input on.</summary>
/// <remarks>Keras: https://keras.io/api/layers/regularization_layers/activity_regularization/</remarks>
public sealed record ActivityRegularization : UnaryLayer
{
    /// <summary>Factor of the absolute values; default 0.</summary>
    public double L1 { get; init => field = Require.AtLeast(value, 0, nameof(ActivityRegularization), nameof(L1)); }

    /// <summary>Factor of the squares; default 0.</summary>
    public double L2 { get; init => field = Require.AtLeast(value, 0, nameof(ActivityRegularization), nameof(L2)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}
