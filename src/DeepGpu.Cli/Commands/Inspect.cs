using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using DeepGpu.Cli.Arguments;
using DeepGpu.Formats;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu inspect FILE: what a file holds, of tensors with a hash of each; a file that is refused ends with exit code 3.
/// What it is, is told by its bytes. A model's weights are listed whatever its description holds; of a kind that is named, the description
/// must
/// be one that can be run.</summary>
internal static class Inspect
{
    /// <summary>What each kind is read with.</summary>
    private static readonly Dictionary<string, Func<string, InspectOptions, Inspection>> Readers
        = new(WeightFile.Formats.Select(Row), StringComparer.Ordinal)
        {
            ["keras-json"] = Description,
            ["keras-weights-h5"] = (path, options) => Tensors("keras-weights-h5", H5File.Open(path), options),
            ["onnx"] = (path, _) => InspectOnnx.Read(path),
            ["idx"] = Idx,
            ["csv"] = Csv,
            ["image"] = (path, _) => Inspection.Of("image", [InspectedTensor.Of("pixels_hwc", ImageFile.Read(path))]),
            ["catalog"] = (path, _) => InspectHardware.Catalog(path),
            ["nvidia-smi"] = (path, options) => InspectHardware.NvidiaSmi(path, options.ExitCode),
            ["sysfs"] = (path, _) => InspectHardware.Sysfs(path),
        };

    public const string Name = "inspect";
    public const string About = "Show what a file holds, of tensors with their hashes, or say why it is refused.";

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file to read." };
        var kind = new Option<string?>("--kind") { Description = "What the file is; told from its bytes and name where omitted." };
        kind.AcceptOnlyFromAmong([.. Readers.Keys]);
        var classes = new Option<int?>("--classes") { Description = "idx: the number of classes that labels may have." };
        var pair = new Option<FileInfo?>("--pair-with") { Description = "idx: the file of images that these labels belong to." };
        var label = new Option<string?>("--label") { Description = "csv: the column of labels." };
        var header = new Option<bool>("--header")
        {
            Description = "csv: whether the first row holds the columns' names.",
            DefaultValueFactory = _ => true
        };
        var exitCode = new Option<int>("--exit-code")
        {
            Description = "nvidia-smi: the exit code with which the text was printed. Default 0."
        };
        var model = new Option<string?>("--model")
        {
            Description = "Weights in Keras's layout: the model they are meant for, an application's name or a file with a description; "
                + "what does not fit is refused."
        };
        var json = Options.Json();
        var command = new Command(Name, About) { file,
            kind, classes, pair, label, header, exitCode, model, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!.FullName,
            parsed.GetValue(kind),
            new(parsed.GetValue(classes), parsed.GetValue(pair)?.FullName, parsed.GetValue(label), parsed.GetValue(header),
                parsed.GetValue(exitCode), parsed.GetValue(model))
            {
                Notes = parsed.GetValue(kind) is null ? parsed.InvocationConfiguration.Error : null,
                Errors = parsed.InvocationConfiguration.Error,
            },
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output));
        return command;
    }

    private static void Run(string path, string? kind, InspectOptions options, bool json, TextWriter output)
    {
        var inspection = Readers[kind ?? Guess(path)](path, options);
        if (options.Model is { } model)
            ModelFile.CheckWeights(path, ModelArgument.Read(model, inputShape: null, timeSteps: null, options.Errors));
        output.WriteLine(json ? inspection.Json() : inspection.Text());
    }

    /// <summary>The kind from the bytes; from the name where the bytes are text or tell none.</summary>
    private static string Guess(string path)
        => (File.Exists(path) ? OfBytes(path) : null) ?? InspectHardware.Guess(path) ?? OfName(path) ?? WeightFile.FormatOf(path).Name;

    private static string? OfBytes(string path)
    {
        if (WeightFile.FindFormat(path) is { } format) return format.Name;
        if (ImageFile.IsImage(path)) return "image";
        return IdxFile.IsIdx(path) ? "idx" : KerasDescription.Is(path) ? "keras-json" : null;
    }

    private static string? OfName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".onnx" => "onnx",
        ".csv" => "csv",
        ".png" or ".jpg" or ".jpeg" or ".bmp" or ".gif" or ".webp" or ".svg" => "image",
        _ when Path.GetFileName(path).Contains("-idx", StringComparison.Ordinal)
            || Path.GetFileName(path).Contains("-ubyte", StringComparison.Ordinal) => "idx",
        _ => null,
    };

    private static KeyValuePair<string, Func<string, InspectOptions, Inspection>> Row(FileFormat format)
        => new(format.Name, (path, options) => Tensors(format.Name, WeightFile.Open(path, format), options));

    /// <summary>A description alone, of to_json or ModelSpec.ToJson: no tensors.</summary>
    private static Inspection Description(string path, InspectOptions options)
    {
        var spec = ModelSpec.FromJson(RegularFile.ReadAllText(path));
        ModelArgument.NoteOmitted(spec, options.Errors);
        return new(() => $"keras-json, {spec}", () => JsonText.Object(json =>
        {
            json.WriteString("format", "keras-json");
            json.WriteString("model", spec.ToString());
            json.WriteNumber("parameters", spec.ParameterCount);
            json.WriteStartArray("tensors");
            json.WriteEndArray();
        }));
    }

    /// <summary>The tensors, once a description beside them was read and was found to fit them. Where the kind was told by the bytes, a
    /// fault of it is only noted.</summary>
    private static Inspection Tensors(string format, TensorFile opened, InspectOptions options)
    {
        using var file = opened;
        if (file is not NpzFile && WeightFile.DescriptionOf(file) is not null) CheckDescription(file, options);
        return Inspection.Of(format, [.. file.Tensors.Select(tensor =>
            new InspectedTensor(tensor.Name, SafetensorsTypes.NameOf(tensor.Type), tensor.Shape, file.Sha256(tensor)))]);
    }

    private static void CheckDescription(TensorFile file, InspectOptions options)
    {
        try
        {
            var spec = ModelFile.ReadSpec(file);
            ModelArgument.NoteOmitted(spec, options.Errors);
        }
        catch (ModelFormatException e) when (options.Notes is not null)
        {
            options.Notes.WriteLine($"note: the weights can be listed, but the model cannot be run: {e.Message}");
        }
    }

    private static Inspection Idx(string path, InspectOptions options)
    {
        var array = IdxFile.Read(path);
        if (options.PairWith is { } images) IdxFile.CheckPair(IdxFile.Read(images), array, path);
        if (options.Classes is { } classes) IdxFile.CheckLabels(array, classes, path);
        return Inspection.Of("idx", [InspectedTensor.Of("data", array)]);
    }

    private static Inspection Csv(string path, InspectOptions options)
        => Inspection.Of("csv",
            [InspectedTensor.Of("features", CsvTable.Read(path, new() { Label = options.Label, HasHeader = options.HasHeader }).Features)]);
}

/// <summary>The options of a kind.</summary>
internal sealed record InspectOptions(int? Classes, string? PairWith, string? Label, bool HasHeader, int ExitCode, string? Model)
{
    /// <summary>Takes what does not keep the tensors from being listed; null where it does.</summary>
    public TextWriter? Notes { get; init; }

    /// <summary>Where what is left out is said.</summary>
    public TextWriter Errors { get; init; } = TextWriter.Null;
}

/// <summary>What was found in a file, as text and as JSON.</summary>
internal sealed record Inspection(Func<string> Text, Func<string> Json)
{
    /// <summary>Tensors with their hashes.</summary>
    public static Inspection Of(string format, IReadOnlyList<InspectedTensor> tensors)
        => new(() => TensorText(format, tensors), () => TensorJson(format, tensors));

    private static string TensorText(string format, IReadOnlyList<InspectedTensor> tensors) => string.Join(Environment.NewLine,
    [
        $"{format}, {tensors.Count} tensors",
        .. tensors.Select(tensor
            => $"{tensor.Type,-5} ({string.Join(", ", tensor.Shape)})  {PrintableText.Of(tensor.Name)}  {tensor.Sha256}"),
    ]);

    private static string TensorJson(string format, IReadOnlyList<InspectedTensor> tensors) => JsonText.Object(json =>
    {
        json.WriteString("format", format);
        json.WriteStartArray("tensors");
        foreach (var tensor in tensors) Write(json, tensor);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, InspectedTensor tensor)
    {
        json.WriteStartObject();
        json.WriteString("name", tensor.Name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteString("sha256", tensor.Sha256);
        json.WriteEndObject();
    }
}

/// <summary>One tensor: its name, its type as safetensors spells it, its shape and the hash of its row-major little-endian bytes.</summary>
internal sealed record InspectedTensor(string Name, string Type, IReadOnlyList<long> Shape, string Sha256)
{
    public static InspectedTensor Of(string name, NDArray array)
        => new(name, SafetensorsTypes.NameOf(array.Type), [.. array.Shape.Select(length => (long)length)],
            Convert.ToHexStringLower(SHA256.HashData(array.Bytes.Span)));
}
