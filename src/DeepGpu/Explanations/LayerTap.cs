using DeepGpu.Models;

namespace DeepGpu.Explanations;

/// <summary>Which layers' outputs can be looked at.</summary>
internal static class LayerTap
{
    private const int MapRank = 4;

    /// <summary>Refuses a name that is no layer's, or an input's.</summary>
    public static void Check(ModelSpec spec, string layer, string call)
    {
        if (spec.Layers.Except(spec.Inputs).All(node => node.Name != layer))
            throw Require.OutOfRange(call, nameof(layer), $"a layer of '{spec.Name}' ({Names(spec)})", layer);
    }

    /// <summary>The last convolution; without one the last layer whose output is maps.</summary>
    public static string LastMap(ModelSpec spec)
    {
        var maps = spec.Layers.Except(spec.Inputs).Where(node => node.OutputShapes[0].Rank == MapRank).ToList();
        var last = maps.LastOrDefault(node => node.Type.Contains("Conv", StringComparison.Ordinal)) ?? maps.LastOrDefault();
        return last?.Name ?? throw Require.OutOfRange(nameof(Model.GradCam), "model",
            "one with a layer that yields (batch, height, width, channels)", spec.Name);
    }

    /// <summary>Refuses models and layers that Grad-CAM is not for.</summary>
    public static void CheckMaps(ModelSpec spec, string layer)
    {
        Check(spec, layer, nameof(Model.GradCam));
        if (spec.Inputs.Count != 1 || spec.Outputs.Count != 1)
            throw Require.OutOfRange(nameof(Model.GradCam), "model", "one with a single input and output", spec.Name);
        var shape = spec.Layers.First(node => node.Name == layer).OutputShapes[0];
        if (shape.Rank != MapRank) throw Require.OutOfRange(nameof(Model.GradCam), nameof(layer),
            "one that yields (batch, height, width, channels)", $"{layer}, which yields {shape}");
    }

    /// <summary>Refuses classes that the model does not have, and other numbers of them than there are images.</summary>
    public static void CheckClasses(IReadOnlyList<int>? classes, int images, ModelSpec spec)
    {
        if (classes is null) return;
        if (classes.Count != images)
            throw Require.OutOfRange(nameof(Model.GradCam), nameof(classes), $"one for each of the {images} images", classes.Count);
        var most = spec.OutputShape.Axes.Skip(1).Aggregate(1, (product, length) => product * (length ?? 1));
        foreach (var index in classes.Where(index => index < 0 || index >= Math.Max(2, most)))
            throw Require.OutOfRange(nameof(Model.GradCam), nameof(classes), $"from 0 to {Math.Max(2, most) - 1}", index);
    }

    private static string Names(ModelSpec spec)
    {
        string[] names = [.. spec.Layers.Except(spec.Inputs).Select(node => node.Name)];
        return string.Join(", ", names.Take(20)) + (names.Length > 20 ? ", ..." : "");
    }
}
