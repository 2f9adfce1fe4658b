using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu summary MODEL: layers, shapes, parameters and operations of a description.</summary>
internal static class Summary
{
    public const string Name = "summary";
    public const string About = "Show the layers, shapes, parameters and operations of a model.";

    public static Command Create()
    {
        var (model, shape, steps, json) = (ModelArgument.Create(), Options.InputShape(), Options.TimeSteps(), Options.Json());
        var command = new Command(Name, About) { model, shape, steps, json };
        command.SetAction(parsed =>
        {
            var spec = ModelArgument.Read(parsed.GetValue(model)!, parsed.GetValue(shape), parsed.GetValue(steps),
                parsed.InvocationConfiguration.Error);
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(json) ? Json(spec) : Text(spec));
        });
        return command;
    }

    private static string Text(ModelSpec spec) => spec.Summary() + (spec.FlopsPerSample() is { } flops
        ? string.Create(CultureInfo.InvariantCulture, $"Forward pass: {flops / 1e9:N3} GFLOP a sample")
        : "Forward pass: unknown while lengths are open; pass --time-steps or --input-shape.");

    private static string Json(ModelSpec spec)
    {
        var flops = spec.FlopsByLayer();
        return JsonText.Object(json =>
        {
            json.WriteStartArray("layers");
            foreach (var layer in spec.Layers) Write(json, layer, flops[layer.Name]);
            json.WriteEndArray();
            json.WriteNumber("parameters", spec.ParameterCount);
            json.WriteNumber("trainableParameters", spec.TrainableParameterCount);
            WriteCount(json, "flopsPerSample", spec.FlopsPerSample());
        });
    }

    private static void Write(Utf8JsonWriter json, ModelNode layer, double? flops)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Name);
        json.WriteString("type", layer.Type);
        json.WriteStartArray("outputShape");
        foreach (var length in layer.OutputShapes[0].Axes) WriteLength(json, length);
        json.WriteEndArray();
        json.WriteNumber("parameters", layer.ParameterCount);
        WriteCount(json, "flops", flops);
        json.WriteEndObject();
    }

    private static void WriteLength(Utf8JsonWriter json, int? length)
    {
        if (length is { } known) json.WriteNumberValue(known);
        else json.WriteNullValue();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, double? count)
    {
        if (count is { } known) json.WriteNumber(name, (long)known);
        else json.WriteNull(name);
    }
}
