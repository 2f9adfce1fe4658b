namespace DeepGpu.Models;

/// <summary>Rounds to whole numbers: scale = high / (largest absolute value + epsilon), value = round(x * scale) kept in [low,
/// high].</summary>
/// <remarks>The largest value is that along the axes a layer sums over. Keras: https://keras.io/api/quantizers/abs_max_quantizer/</remarks>
public sealed record AbsMaxQuantizer
{
    /// <summary>The lowest number, from -128 to 0. Default -127.</summary>
    public int Low { get; init => field = (int)Require.InRange(value, -128, 0, nameof(AbsMaxQuantizer), nameof(Low)); } = -127;

    /// <summary>The highest number, from 1 to 127. Default 127.</summary>
    public int High { get; init => field = (int)Require.InRange(value, 1, 127, nameof(AbsMaxQuantizer), nameof(High)); } = 127;

    /// <summary>What is added to the largest value, so that zeros have a scale; at least 0. Default 1e-7.</summary>
    public double Epsilon { get; init => field = Require.AtLeast(value, 0, nameof(AbsMaxQuantizer), nameof(Epsilon)); } = 1e-7;
}
