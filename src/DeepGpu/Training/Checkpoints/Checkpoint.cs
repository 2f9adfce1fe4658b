using System.Text;
using System.Text.Json.Nodes;
using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>A training between two steps: a model file with the rest of the state beside the weights.</summary>
/// <param name="Description">The model, as <see cref="Models.ModelSpec.ToJson"/> writes it.</param>
/// <param name="Weights">The weights by name, in Keras's layout.</param>
/// <param name="Progress">Counters, names, and the values of callbacks.</param>
/// <param name="Arrays">Optimizer, metrics, states of recurrent layers, history and callbacks: "optimizer/...", "metric/...", "state/...",
/// "history/...", "callback/...".</param>
internal sealed record Checkpoint(string Description, IReadOnlyDictionary<string, NDArray> Weights, JsonObject Progress,
    IReadOnlyDictionary<string, NDArray> Arrays)
{
    private const string ProgressName = "training.json";
    private const string ArraysName = "training.safetensors";
    private const int MaxJson = 64 << 20;

    /// <summary>The file it was read from; empty for one just taken.</summary>
    public string Path { get; init; } = "";

    /// <summary>Writes it as a zip archive whose members carry checksums.</summary>
    public void Write(Stream stream)
    {
        ModelArchive.Write(stream,
            new(ModelArchive.ConfigName) { Text = Description }, new(ModelArchive.WeightsName) { Arrays = [.. Weights] },
            new(ProgressName) { Text = Progress.ToJsonString() }, new(ArraysName) { Arrays = [.. Arrays] });
    }

    /// <summary>Reads one, every checksum verified.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, or no checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        using var zip = ZipContainer.Open(path);
        var facts = Text(zip, ProgressName);
        using var parsed = StrictJson.Parse(Encoding.UTF8.GetBytes(facts));
        return new(Text(zip, ModelArchive.ConfigName), ReadArrays(zip, ModelArchive.WeightsName),
            JsonNode.Parse(facts)!.AsObject(), ReadArrays(zip, ArraysName))
        {
            Path = path
        };
    }

    private static string Text(ZipContainer zip, string name) => Encoding.UTF8.GetString(zip.ReadBytes(Entry(zip, name), MaxJson));

    private static Dictionary<string, NDArray> ReadArrays(ZipContainer zip, string name)
    {
        using var file = SafetensorsFile.Open(zip, Entry(zip, name));
        return file.Tensors.ToDictionary(tensor => tensor.Name, file.Read, StringComparer.Ordinal);
    }

    private static ZipMember Entry(ZipContainer zip, string name) => zip.Find(name) ?? throw new ModelFormatException(new(
        "missing_entry",
        $"A checkpoint must hold {name},",
        "but this file does not.",
        "It is a saved model, not a checkpoint: open it with Model.Load."));
}
