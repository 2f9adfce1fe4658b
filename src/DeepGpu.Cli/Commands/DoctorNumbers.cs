using System.Globalization;
using System.Text.Json;
using DeepGpu.Hardware.Catalog;

namespace DeepGpu.Cli.Commands;

/// <summary>What deepgpu doctor says of the engine's numbers.</summary>
internal static class DoctorNumbers
{
    /// <summary>The comparison of layers as a table with a verdict below.</summary>
    /// <param name="layers">The rows.</param>
    /// <param name="device">Where single precision was computed.</param>
    public static IEnumerable<string> Text(IReadOnlyList<LayerNumbers> layers, Device device) =>
    [
        "",
        $"Largest difference of single precision on {device} from double precision on the CPU (about 1e-7 to 1e-5 is rounding):",
        $"{"layer",-47} {"predicts",10} {"trains",10} {"gradients",10}",
        .. layers.Select(Row),
        Verdict(layers),
        "",
    ];

    /// <summary>The check of the engine as a member "engine".</summary>
    public static void Write(Utf8JsonWriter json, EngineCheck engine)
    {
        json.WriteStartObject("engine");
        json.WriteString("checked", engine.Checked.ToString());
        json.WriteString("remedy", engine.Remedy.ToString());
        json.WriteBoolean("isPredicted", engine.IsPredicted);
        json.WriteBoolean("isFromCache", engine.IsFromCache);
        json.WriteStartObject("wrong");
        foreach (var wrong in engine.Wrong) Write(json, wrong.Name, wrong.Error);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The comparison of layers as a member "layers".</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LayerNumbers> layers) => json.Objects("layers", layers, layer =>
    {
        json.WriteString("layer", layer.Layer);
        Write(json, "prediction", layer.Prediction);
        Write(json, "training", layer.Training);
        Write(json, "gradients", layer.Gradients);
        json.WriteBoolean("isRight", layer.IsRight);
    });

    private static string Row(LayerNumbers layer)
        => $"{layer.Layer,-47} {Figure(layer.Prediction),10} {Figure(layer.Training),10} "
            + $"{Figure(layer.Gradients),10}{(layer.IsRight ? "" : "  WRONG")}";

    private static string Verdict(IReadOnlyList<LayerNumbers> layers) => layers.Count(layer => !layer.IsRight) is var wrong and > 0
        ? $"{wrong} of {layers.Count} layers compute wrong."
        : $"All {layers.Count} layers compute right.";

    private static string Figure(double? error) => error?.ToString("0.0e+0", CultureInfo.InvariantCulture) ?? "none";

    /// <summary>JSON has no infinity: null stands for it, and for what there is not.</summary>
    private static void Write(Utf8JsonWriter json, string name, double? error)
    {
        if (error is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
