using System.CommandLine;
using System.Text.Json;
using DeepGpu.Formats.Fuzzing;

namespace DeepGpu.Soak;

/// <summary>Reads damaged files for a time and prints a Markdown table;
/// exit code 1 if anything but a refusal or a loaded file came of one.</summary>
internal static class Fuzz
{
    /// <summary>The kinds of the corpus whose valid files each reader reads; they are damaged too where DEEPGPU_DATA is set.</summary>
    private static readonly Dictionary<string, string[]> Controls = new()
    {
        ["safetensors"] = ["safetensors"],
        ["pth"] = ["pth"],
        ["keras"] = ["keras"],
        ["h5"] = ["h5-raw", "keras-weights-h5"],
        ["h5-legacy"] = ["h5"],
        ["idx"] = ["idx"],
        ["csv"] = ["csv"],
        ["image"] = ["image"],
    };

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each reader runs.", DefaultValueFactory = _ => 60 };
        var reader = new Option<string?>("--reader") { Description = "One reader instead of all." };
        var seed = new Option<int>("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var command = new Command("fuzz", "Read damaged files and expect typed refusals only.") { seconds, reader, seed };
        command.SetAction(parsed => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(reader), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(TimeSpan duration, string? reader, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("deepgpu-fuzz-").FullName;
        var failures = new List<string>();
        Console.WriteLine("| Reader | Valid files | Damaged files read | still valid | slowest | most memory | failures |\n| --- | --- | "
            + "--- | --- | --- | --- | --- |");
        foreach (var target in FuzzTarget.All(folder).Concat(StrangerTargets.All(folder)).Where(target => reader is null || target.Name == reader).Select(WithControls))
        {
            var result = Fuzzer.Run(target, duration, seed);
            failures.AddRange(result.Failures);
            Console.WriteLine($"| {target.Name} | {target.Valid.Count} | {result.Runs:n0} | {result.Loaded:n0} | "
                + $"{result.Slowest.TotalMilliseconds:n0} ms | {result.MostAllocated / 1e6:f1} MB | {result.Failures.Count} |");
        }

        Directory.Delete(folder, recursive: true);
        failures.ForEach(Console.Error.WriteLine);
        return failures.Count == 0 ? 0 : 1;
    }

    private static FuzzTarget WithControls(FuzzTarget target)
    {
        if (Environment.GetEnvironmentVariable("DEEPGPU_DATA") is not { Length: > 0 } root
            || !Controls.TryGetValue(target.Name, out var kinds))
            return target;
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "hostile", "manifest.json")));
        var files = manifest.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("valid").GetBoolean() && kinds.Contains(entry.GetProperty("kind").GetString()))
            .Select(entry => File.ReadAllBytes(Path.Combine(root, "hostile", entry.GetProperty("file").GetString()!)));
        return target with { Valid = [.. target.Valid, .. files] };
    }
}
