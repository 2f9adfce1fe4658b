using System.CommandLine;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu summary MODEL: layers, shapes, parameters and operations of a description.</summary>
internal static class Summary
{
    public static Command Create()
    {
        var model = new Argument<FileInfo>("MODEL") { Description = "A model description in Keras config JSON." };
        var json = Options.Json();
        var command = new Command("summary", "Show the layers, shapes and parameters of a model.") { model, json };
        command.SetAction(parsed => Run(parsed.GetValue(model)!, parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static void Run(FileInfo file, bool json, TextWriter output)
    {
        var spec = Read(file);
        output.WriteLine(json ? Json(spec) : spec.Summary());
    }

    private static ModelSpec Read(FileInfo file)
    {
        try
        {
            return ModelSpec.FromJson(File.ReadAllText(file.FullName));
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file.FullName);
        }
    }

    private static string Json(ModelSpec spec)
    {
        var flops = spec.Inference(batchSize: 1).Operations.GroupBy(o => o.Name).ToDictionary(g => g.Key, g => g.Sum(o => o.ForwardFlops));
        return JsonText.Write(json =>
        {
            json.WriteStartArray("layers");
            foreach (var layer in spec.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("type", layer.Layer.GetType().Name);
                json.WriteStartArray("outputShape");
                foreach (var length in layer.OutputShapes[0].Axes)
                {
                    if (length is { } known) json.WriteNumberValue(known);
                    else json.WriteNullValue();
                }

                json.WriteEndArray();
                json.WriteNumber("parameters", layer.ParameterCount);
                json.WriteNumber("flops", flops.GetValueOrDefault(layer.Name));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("parameters", spec.ParameterCount);
            json.WriteNumber("trainableParameters", spec.TrainableParameterCount);
            json.WriteNumber("flopsPerSample", flops.Values.Sum());
        });
    }
}
