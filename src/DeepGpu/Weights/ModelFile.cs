using System.IO.Compression;
using System.Text;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>A model in one file: a zip archive of config.json (the description) and weights.safetensors.</summary>
internal static class ModelFile
{
    private const string Config = "config.json";
    private const string Weights = "weights.safetensors";
    private const int MaxConfig = 64 << 20;

    public static void Save(Model model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, stream => Write(model, stream));
    }

    public static Model Load(string path, Device device)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var archive = ZipContainer.Open(path);
            var spec = ModelSpec.FromJson(Encoding.UTF8.GetString(archive.ReadBytes(Member(archive, Config), MaxConfig)));
            return WithWeights(spec, device, SafetensorsFile.Open(archive, Member(archive, Weights)));
        }
        catch (ModelFormatException e)
        {
            throw e.InFile(path);
        }
    }

    private static void Write(Model model, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var config = archive.CreateEntry(Config).Open()) config.Write(Encoding.UTF8.GetBytes(model.Spec.ToJson()));
        using var weights = archive.CreateEntry(Weights, CompressionLevel.NoCompression).Open();
        SafetensorsWriter.Write(weights, [.. model.Weights.Select(weight => KeyValuePair.Create(weight.Name, weight.ToArray()))]);
    }

    private static ZipMember Member(ZipContainer archive, string name) => archive.Find(name) ?? throw Refuse("missing_entry", $"A model file must hold {name},", "but does not.");

    /// <summary>Every weight is read and checked before the first one is set.</summary>
    private static Model WithWeights(ModelSpec spec, Device device, SafetensorsFile file)
    {
        var model = spec.ToModel(device);
        try
        {
            var values = model.Weights.Select(weight => file.Find(weight.Name) is { } tensor ? file.Read(tensor) : throw Refuse("missing_weight", $"The file must hold the weight '{weight.Name}',", "but does not.")).ToList();
            for (var i = 0; i < values.Count; i++) model.Weights[i].Load(values[i]);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static ModelFormatException Refuse(string code, string rule, string received)
        => new(new(code, rule, received, "Write the file again with Model.Save."));
}
