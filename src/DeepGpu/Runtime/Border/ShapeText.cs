using System.Globalization;

namespace DeepGpu;

/// <summary>The shapes of tensors in words.</summary>
internal static class ShapeText
{
    /// <summary>A shape in words, e.g. "(4, 3)".</summary>
    public static string Of(IEnumerable<long> shape)
        => $"({string.Join(", ", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)))})";
}
