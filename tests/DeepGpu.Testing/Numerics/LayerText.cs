using System.Collections;
using System.Globalization;
using System.Reflection;
using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>A layer's options as text; those that are off and how weights start are left out.</summary>
internal static class LayerText
{
    public static string Of(object layer)
    {
        if (layer is NestedModel nested) return $"NestedModel [{string.Join(", ", nested.Model.Layers.Select(node => Of(node.Layer)))}]";
        var options = layer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => option.CanWrite)
            .Select(option => (option.Name, Value: option.GetValue(layer))).Where(option => IsTold(option.Name, option.Value));
        return $"{layer.GetType().Name} {{ {string.Join(", ", options.Select(option => $"{option.Name} = {Text(option.Value)}"))} }}";
    }

    /// <summary>How weights start, and options that are switched off, say nothing about a case.</summary>
    private static bool IsTold(string name, object? value)
        => !name.EndsWith("Initializer", StringComparison.Ordinal) && value is not null and not false && name != nameof(Layer.Trainable)
            && !(value is string && name == nameof(Layer.Name));

    private static string Text(object? value) => value switch
    {
        Layer layer => Of(layer),
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable several => $"[{string.Join(", ", several.Cast<object?>().Select(Text))}]",
        _ => value?.ToString() ?? "null",
    };
}
