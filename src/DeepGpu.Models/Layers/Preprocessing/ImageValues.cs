using System.Collections.Immutable;

namespace DeepGpu.Models.Layers;

/// <summary>Checks the options of layers over images.</summary>
internal static class ImageValues
{
    public static ImmutableArray<double> Checked(ImmutableArray<double> range, string owner)
        => !range.IsDefault && range.Length == 2 && range[0] < range[1] && range.All(double.IsFinite)
            ? range
            : throw Require.OutOfRange(owner, "ValueRange", "two finite numbers, the lower first",
                range.IsDefaultOrEmpty ? "none" : string.Join(", ", range));

    /// <summary>Whether values between pixels can be found so.</summary>
    public static Interpolation Checked(Interpolation interpolation, string owner)
        => interpolation is Interpolation.Nearest or Interpolation.Bilinear
            ? interpolation
            : throw Require.OutOfRange(owner, nameof(Interpolation), "Nearest or Bilinear", interpolation);
}
