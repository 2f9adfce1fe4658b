using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeepGpu.Downloads;
using DeepGpu.Formats;

namespace DeepGpu.Runtime;

/// <summary>Verdicts of earlier processes, one small file for each processor, build of libtorch,
/// release of this library and native setting.</summary>
/// <remarks>A file that is damaged, or was written for anything else, is as none.
/// Where none can be written each process checks again.</remarks>
internal sealed class EngineVerdicts
{
    private static readonly string[] Settings = ["ONEDNN_", "DNNL_", "ATEN_", "MKL_", "OMP_", "KMP_"];
    private readonly string _key;

    /// <summary>Those of one engine.</summary>
    /// <param name="libraryFile">The file of libtorch_cpu.</param>
    /// <param name="buildId">Its build id; null where it has none.</param>
    /// <param name="isPredicted">Whether the fault is foretold.</param>
    public EngineVerdicts(string libraryFile, string? buildId, bool isPredicted)
    {
        _key = Hash([ProcessorCaches.Signature(), buildId ?? Stamp(libraryFile), LibraryVersion,
            isPredicted ? "misread" : "", .. Variables()]);
    }

    /// <summary>A change of the probes comes with a new release of the library or a new module.</summary>
    private static string LibraryVersion => typeof(EngineVerdicts).Module.ModuleVersionId.ToString();

    /// <summary>Where it is kept.</summary>
    /// <exception cref="DeepGpuArgumentException">The cache folder is named by a relative path.</exception>
    private string FilePath => Path.Combine(CacheFolder.Root, "numerics", _key[..16] + ".json");

    /// <summary>The verdict; null where there is none.</summary>
    public EngineCheck? Read()
    {
        try
        {
            if (FileTrust.WeaknessOfLibrary(FilePath) is not null) return null;
            using var json = StrictJson.Parse(File.ReadAllBytes(FilePath), maxDepth: 4);
            return json.RootElement.GetProperty("key").GetString() == _key ? Read(json.RootElement) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFormatException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentException or DeepGpuException)
        {
            return null;
        }
    }

    /// <summary>Keeps a verdict for later processes.</summary>
    /// <param name="check">The verdict.</param>
    public void Write(EngineCheck check)
    {
        try
        {
            AtomicFile.Write(FilePath, stream => stream.Write(Text(check)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DeepGpuArgumentException)
        {
            // The check costs a tenth of a second a process then.
        }
    }

    private static EngineCheck Read(JsonElement root) => new()
    {
        Checked = Enum.Parse<EngineComputations>(root.GetProperty("checked").GetString()!),
        Remedy = Enum.Parse<EngineRemedy>(root.GetProperty("remedy").GetString()!),
        IsPredicted = root.GetProperty("predicted").GetBoolean(),
        Wrong = [.. root.GetProperty("wrong").EnumerateObject().Select(wrong => new WrongComputation(wrong.Name, Finite(wrong.Value)))],
        IsFromCache = true,
    };

    private byte[] Text(EngineCheck check)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("key", _key);
            json.WriteString("checked", check.Checked.ToString());
            json.WriteString("remedy", check.Remedy.ToString());
            json.WriteBoolean("predicted", check.IsPredicted);
            json.WriteStartObject("wrong");
            foreach (var wrong in check.Wrong) WriteError(json, wrong);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>JSON has no infinity: null stands for it.</summary>
    private static void WriteError(Utf8JsonWriter json, WrongComputation wrong)
    {
        if (double.IsFinite(wrong.Error)) json.WriteNumber(wrong.Name, wrong.Error);
        else json.WriteNull(wrong.Name);
    }

    private static double Finite(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : value.GetDouble();

    /// <summary>Settings of the native libraries that choose other kernels.</summary>
    private static IEnumerable<string> Variables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Select(entry => $"{entry.Key}={entry.Value}")
        .Where(text => Settings.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    private static string Stamp(string file) => $"{new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file).Ticks}";

    private static string Hash(IEnumerable<string> parts)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
