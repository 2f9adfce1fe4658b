using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats;

/// <summary>Reads and writes this library's own model files: a zip archive of config.json, weights.safetensors and
/// optimizer.safetensors, the last only where there is a state.</summary>
internal static class ModelArchive
{
    internal static readonly FileFormat Declaration = new("deepgpu", ".deepgpu", ".dgpu");

    /// <summary>The member that holds the description.</summary>
    public const string ConfigName = "config.json";

    /// <summary>The member that holds the weights.</summary>
    public const string WeightsName = "weights.safetensors";

    /// <summary>The member that holds the optimizer's variables, by their numbers.</summary>
    public const string OptimizerName = "optimizer.safetensors";

    private const int MaxConfig = 64 << 20;

    private static readonly Refusals Refusals = new("Write the file again with Model.Save.");

    /// <summary>Writes members one after another, each with its checksum.</summary>
    /// <param name="stream">Where to write; must seek.</param>
    /// <param name="members">What the archive holds, in order.</param>
    /// <exception cref="DeepGpuArgumentException">A name of an array appears twice or cannot be shown.</exception>
    public static void Write(Stream stream, params IReadOnlyList<ArchiveMember> members)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(members);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var member in members)
        {
            var isText = member.Text is not null;
            using var entry = archive.CreateEntry(member.Name, isText ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
            if (isText) entry.Write(Encoding.UTF8.GetBytes(member.Text!));
            else SafetensorsWriter.Write(entry, member.Arrays);
        }
    }

    /// <summary>The weights, with the description beside them; closing them closes the archive.</summary>
    internal static SafetensorsFile Open(ZipContainer zip)
    {
        var (config, member) = (Find(zip, ConfigName), Find(zip, WeightsName));
        var weights = SafetensorsFile.Open(zip, member, [zip]);
        weights.Beside = new(Encoding.UTF8.GetString(zip.ReadBytes(config, MaxConfig))) { Optimizer = () => Variables(zip) };
        return weights;
    }

    private static ZipMember Find(ZipContainer zip, string name) => zip.Find(name)
        ?? throw Refusals.Because("missing_entry", $"A model file must hold {name},", "but does not.");

    private static IReadOnlyList<KeyValuePair<string, NDArray>> Variables(ZipContainer zip)
    {
        if (zip.Find(OptimizerName) is not { } member) return [];
        using var file = SafetensorsFile.Open(zip, member);
        return [.. file.Tensors.OrderBy(tensor => tensor.Name.Length).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)
            .Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))];
    }
}
