using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>Checks ranges of pixel values.</summary>
internal static class ImageValues
{
    public static ImmutableArray<double> Checked(ImmutableArray<double> range, string owner)
        => !range.IsDefault && range.Length == 2 && range[0] < range[1] && range.All(double.IsFinite)
            ? range
            : throw Require.OutOfRange(owner, "ValueRange", "two finite numbers, the lower first",
                range.IsDefaultOrEmpty ? "none" : string.Join(", ", range));
}
