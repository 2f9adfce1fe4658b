using System.Text.Json.Serialization;
using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>Normalises each sample over some axes. Ba et al., 2016.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/normalization_layers/layer_normalization/</remarks>
public sealed record LayerNormalization : AffineNormalization
{
    /// <summary>The axes mean and variance are taken over. Default the last.</summary>
    [JsonPropertyOrder(-30)]
    public Axes Axis { get; init; } = -1;

    /// <summary>An option of earlier releases of Keras: divides by the standard deviation without taking the mean off. Such a layer always
    /// has a factor gamma and never an offset beta, whatever <see cref="AffineNormalization.Scale"/> and
    /// <see cref="AffineNormalization.Center"/> say. Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [OptionOrder(1)]
    [JsonPropertyOrder(-29)]
    public bool RmsScaling { get; init; }

    private protected override (bool Gamma, bool Beta) Learned => RmsScaling ? (true, false) : base.Learned;

    private protected override int[] WeightShape(Shape input) => Axis.KnownIn(input);
}
