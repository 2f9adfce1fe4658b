using System.CommandLine;
using System.Globalization;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Cli.Arguments;

/// <summary>A model named on the command line: a file with a description, or an application's name.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create()
        => new("MODEL")
        {
            Description = "An application's name (VGG16, torchvision/resnet50, bert-base), or a file: .onnx, .keras, .h5, Keras config "
                + "JSON, config.json of Hugging Face, or a DeepGpu model or description."
        };

    /// <summary>The model, its open lengths filled in.</summary>
    /// <param name="model">The name or path.</param>
    /// <param name="inputShape">The first input's shape as text, or null.</param>
    /// <param name="timeSteps">The number of time steps, or null.</param>
    /// <param name="notes">Is told what the description names and this library leaves out.</param>
    public static ModelSpec Read(string model, string? inputShape, int? timeSteps, TextWriter notes)
    {
        var shape = inputShape is null ? null : ParseShape(inputShape);
        var spec = Path.Exists(model) ? FromFile(model, shape) : FromName(model, shape);
        NoteOmitted(spec, notes);
        return timeSteps is { } steps ? WithTimeSteps(spec, Require.AtLeast(steps, 1, "summary", nameof(timeSteps))) : spec;
    }

    /// <summary>Says what a file's description names and this library leaves out, a line each.</summary>
    /// <param name="spec">The description; null where there is none.</param>
    /// <param name="notes">Where to say it: the standard error, so that results stay alone.</param>
    public static void NoteOmitted(ModelSpec? spec, TextWriter notes)
    {
        foreach (var omitted in spec?.Omitted ?? []) notes.WriteLine($"note: left out, as it matters only in training: {omitted}");
    }

    private static ModelSpec FromFile(string path, int?[]? shape)
    {
        var file = Path.GetFullPath(HuggingFaceConfig.FileOf(path));
        try
        {
            if (IsPublishedConfig(file)) return ModelSpec.FromHuggingFace(file);
            var batched = shape is null ? null : new Shape([null, .. shape]);
            var isKnown = WeightFile.FindFormat(file) is not null;
            if (!isKnown && !OnnxKind.Is(file)) return ModelSpec.FromJson(RegularFile.ReadAllText(file), batched);
            var spec = isKnown ? ModelFile.ReadSpec(file) : ModelSpec.FromOnnx(file);
            return batched is null ? spec : spec.WithInputShapes([batched, .. spec.Inputs.Skip(1).Select(input => input.OutputShapes[0])]);
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(file);
        }
    }

    private static bool IsPublishedConfig(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && HuggingFaceConfig.IsConfig(RegularFile.ReadAllBytes(file));

    private static ModelSpec FromName(string name, int?[]? shape)
    {
        try
        {
            return Applications.Find(name).Build(new() { InputShape = shape });
        }
        catch (DeepGpuArgumentException e) when (e.Fault.Code == "unknown_application")
        {
            throw new DeepGpuArgumentException(Neither(e.Fault), nameof(name), e);
        }
    }

    private static Fault Neither(Fault unknown) => unknown with
    {
        Rule = "MODEL must be an existing file or an application's name.",
        Received = $"{unknown.Rule} {unknown.Received}",
        Remedy = "Check the path or the name."
    };

    /// <summary>Fills the axis after the batch where it alone is open.</summary>
    private static ModelSpec WithTimeSteps(ModelSpec spec, int steps)
        => spec.WithInputShapes([.. spec.Inputs.Select(input => input.OutputShapes[0])
            .Select(shape => IsOpenInTime(shape) ? shape.With(1, steps) : shape)]);

    private static bool IsOpenInTime(Shape shape)
        => shape.Rank >= 2 && shape[1] is null && shape.Axes.Skip(2).All(length => length is not null);

    private static int?[] ParseShape(string text)
        => [.. text.Trim('(', ')', '[', ']').Split(',', StringSplitOptions.TrimEntries).Select(length => ParseLength(length, text))];

    private static int? ParseLength(string length, string text)
    {
        if (length.ToLowerInvariant() is "none" or "null") return null;
        return int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw BadShape(text);
    }

    private static DeepGpuArgumentException BadShape(string text) => new(
        new(
            "bad_input_shape",
            "--input-shape must be lengths of at least 1 or 'none', separated by commas,",
            $"but is '{text}'.",
            "Write for example 224,224,3; leave the batch out."),
        nameof(text));
}
