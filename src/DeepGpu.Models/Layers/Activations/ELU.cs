namespace DeepGpu.Models;

/// <summary>x where x > 0, alpha * (e^x - 1) below. Clevert et al., 2015.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/elu/</remarks>
public sealed record ELU : RectifierLayer
{
    /// <summary>The factor below 0, finite. Default 1.</summary>
    public double Alpha { get; init => field = Require.Finite(value, nameof(ELU), nameof(Alpha)); } = 1;
}
