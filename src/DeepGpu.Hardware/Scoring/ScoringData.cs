using System.Text.Json;

namespace DeepGpu.Hardware.Scoring;

/// <summary>The data of the score: profiles and the maturity of platforms.</summary>
internal static class ScoringData
{
    private static readonly Lazy<IReadOnlyList<WorkloadProfile>> LazyProfiles = new(() =>
        Read("profiles.json", root => root.GetProperty("profiles").EnumerateArray().Select(Profile).ToList()));

    private static readonly Lazy<Dictionary<GpuPlatform, double>> LazyMaturity = new(() =>
        Read("software.json", root => root.GetProperty("maturity").EnumerateArray()
        .ToDictionary(entry => Enum.Parse<GpuPlatform>(entry.GetProperty("platform").GetString()!),
            entry => entry.GetProperty("value").GetDouble())));

    public static IReadOnlyList<WorkloadProfile> Profiles => LazyProfiles.Value;

    public static IReadOnlyDictionary<GpuPlatform, double> Maturity => LazyMaturity.Value;

    public static WorkloadProfile Profile(string name) => Profiles.Single(profile => profile.Name == name);

    private static WorkloadProfile Profile(JsonElement json) => new()
    {
        Name = json.GetProperty("name").GetString()!,
        Title = json.GetProperty("title").GetString()!,
        Description = json.GetProperty("description").GetString()!,
        Weights = [.. json.GetProperty("weights").EnumerateArray().Select(Weight)],
    };

    private static CriterionWeight Weight(JsonElement json) => new(
        json.GetProperty("criterion").GetString()!,
        json.GetProperty("training").GetDouble(),
        json.GetProperty("inference").GetDouble(),
        json.GetProperty("latency").GetDouble(),
        json.GetProperty("why").GetString()!);

    private static T Read<T>(string file, Func<JsonElement, T> read)
    {
        using var stream = typeof(ScoringData).Assembly.GetManifestResourceStream("scoring/" + file)!;
        using var document = JsonDocument.Parse(stream);
        return read(document.RootElement);
    }
}
