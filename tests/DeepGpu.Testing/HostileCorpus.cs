using System.Collections.Concurrent;
using System.Text.Json;

namespace DeepGpu.Testing;

/// <summary>The corpus of malformed files and its valid controls: what each file is and what a reader must do with it.</summary>
public static class HostileCorpus
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<HostileFile>> Files = new();

    /// <summary>Every file of a kind.</summary>
    public static IReadOnlyList<HostileFile> OfKind(string kind)
    {
        var files = Files.GetOrAdd(ReferenceData.Path("hostile"), Read).Where(file => file.Kind == kind).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    /// <summary>The file of an id; skips the test where there is no corpus.</summary>
    public static HostileFile Find(string id) => Files.GetOrAdd(ReferenceData.Path("hostile"), Read).Single(file => file.Id == id);

    /// <summary>The ids of every file of every kind as rows of a theory;
    /// without the corpus one row, whose file <see cref="Find"/> skips.</summary>
    public static IEnumerable<ITheoryDataRow> Rows()
        => ReferenceData.Root is { } root
            ? Files.GetOrAdd(System.IO.Path.Combine(root, "hostile"), Read).Select(file => new TheoryDataRow<string>(file.Id))
            : [new TheoryDataRow<string>("none")];

    /// <summary>Reads every file of a kind and compares what happens with the manifest: result, code, time, memory, canaries, open handles.
    /// All deviations are listed together.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="read">Reads a file and returns its tensors by name, or null where there are none to compare.</param>
    /// <param name="skip">Files whose fault is another reader's to find.</param>
    public static void Check(string kind, Func<HostileFile, IReadOnlyDictionary<string, NDArray>?> read,
        Func<HostileFile, bool>? skip = null)
    {
        var deviations = OfKind(kind).Where(file => skip?.Invoke(file) != true)
            .Select(file => Deviation(file, read)).OfType<string>().ToList();
        Assert.True(deviations.Count == 0, string.Join(Environment.NewLine, deviations));
    }

    private static IReadOnlyList<HostileFile> Read(string root)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(root, "manifest.json")));
        var canaries = manifest.RootElement.GetProperty("canary_prefix").GetString()!;
        return [.. manifest.RootElement.GetProperty("entries")
            .EnumerateArray().Select(entry => new HostileFile(entry.Clone(), root, canaries))];
    }

    private static string? Deviation(HostileFile file, Func<HostileFile, IReadOnlyDictionary<string, NDArray>?> read)
    {
        using var watch = new HostileWatch(file);
        return Outcome(file, read) ?? watch.Deviation();
    }

    private static string? Outcome(HostileFile file, Func<HostileFile, IReadOnlyDictionary<string, NDArray>?> read)
    {
        IReadOnlyDictionary<string, NDArray>? tensors;
        try
        {
            tensors = read(file);
        }
        catch (ModelFormatException e)
        {
            if (file.Expect == "load") return $"{file.Id}: refused a valid file: {e.Message}";
            if (e.File != file.Path) return $"{file.Id}: the refusal names the file '{e.File}'";
            return e.Fault.Code == file.Code ? null : $"{file.Id}: code {e.Fault.Code} instead of {file.Code}: {e.Message}";
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            return $"{file.Id}: {e.GetType().Name} instead of ModelFormatException: {e.Message}";
        }

        if (file.Expect == "reject") return $"{file.Id}: loaded, but {file.Why}";
        return tensors is null ? null : file.Differences(tensors);
    }
}

/// <summary>One file of the corpus.</summary>
public sealed class HostileFile(JsonElement entry, string root, string canaryPrefix)
{
    /// <summary>The start of the paths of files that only a payload makes.</summary>
    public string CanaryPrefix { get; } = canaryPrefix;

    /// <summary>A short name.</summary>
    public string Id { get; } = entry.GetProperty("id").GetString()!;

    /// <summary>What it claims to be, e.g. "safetensors".</summary>
    public string Kind { get; } = entry.GetProperty("kind").GetString()!;

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(root, entry.GetProperty("file").GetString()!);

    /// <summary>"load", "reject" or "reject_or_load".</summary>
    public string Expect { get; } = entry.GetProperty("expect").GetString()!;

    /// <summary>The code that a refusal must have.</summary>
    public string Code { get; } = entry.GetProperty("code").GetString()!;

    /// <summary>What is special about it.</summary>
    public string Why { get; } = entry.GetProperty("why").GetString()!;

    /// <summary>The whole entry of the manifest.</summary>
    public JsonElement Entry { get; } = entry;

    /// <summary>An option the manifest reads the file with, or null.</summary>
    public JsonElement? Option(string name)
        => Entry.TryGetProperty("options", out var options) && options.TryGetProperty(name, out var value) ? value : null;

    /// <summary>How tensors differ from those the manifest gives; null if they do not.</summary>
    public string? Differences(IReadOnlyDictionary<string, NDArray> actual)
    {
        if (!Entry.TryGetProperty("tensors", out var expected)) return null;
        var names = expected.EnumerateObject().Select(p => p.Name).ToHashSet();
        if (!names.SetEquals(actual.Keys))
            return $"{Id}: tensors [{string.Join(", ", actual.Keys)}] instead of [{string.Join(", ", names)}]";
        return expected.EnumerateObject().Select(p => Difference(p.Name, p.Value, actual[p.Name])).FirstOrDefault(d => d is not null);
    }

    private string? Difference(string name, JsonElement expected, NDArray actual)
    {
        var shape = expected.GetProperty("shape").EnumerateArray().Select(l => l.GetInt32());
        if (!shape.SequenceEqual(actual.Shape)) return $"{Id}: '{name}' has shape ({string.Join(", ", actual.Shape)})";
        return expected.GetProperty("raw_b64").GetBytesFromBase64().AsSpan().SequenceEqual(actual.Bytes.Span)
            ? null
            : $"{Id}: '{name}' has other bytes";
    }
}
