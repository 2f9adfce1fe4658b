using DeepGpu.Hardware;

namespace DeepGpu.Cli;

/// <summary>The words that options of several commands take.</summary>
internal static class OptionWords
{
    /// <summary>Number formats that units of a card may work in.</summary>
    public static IReadOnlyDictionary<string, NumberFormat> Formats { get; } = new Dictionary<string, NumberFormat>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["fp64"] = NumberFormat.Float64,
        ["fp32"] = NumberFormat.Float32,
        ["tf32"] = NumberFormat.TensorFloat32,
        ["fp16"] = NumberFormat.Float16,
        ["bf16"] = NumberFormat.BFloat16,
        ["fp8"] = NumberFormat.Float8,
        ["int8"] = NumberFormat.Int8,
    };

    /// <summary>Those that a model is trained and run in.</summary>
    public static IReadOnlyDictionary<string, NumberFormat> Precisions { get; } = new[] { "fp32", "tf32", "fp16", "bf16" }
        .ToDictionary(word => word, word => Formats[word], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a card is chosen to do well.</summary>
    public static IReadOnlyDictionary<string, WorkloadGoal> Goals { get; } = new Dictionary<string, WorkloadGoal>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["training"] = WorkloadGoal.TrainingThroughput,
        ["inference"] = WorkloadGoal.InferenceThroughput,
        ["latency"] = WorkloadGoal.InferenceLatency,
    };

    /// <summary>How money, time and energy are weighed.</summary>
    public static IReadOnlyDictionary<string, RecommendationAim> Policies { get; } = new Dictionary<string, RecommendationAim>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["value"] = RecommendationAim.Cost,
        ["cheapest"] = RecommendationAim.Price,
        ["fastest"] = RecommendationAim.Speed,
        ["least-energy"] = RecommendationAim.Energy,
    };

    /// <summary>The preset of a policy.</summary>
    public static RecommendationPolicy PolicyOf(RecommendationAim aim) => aim switch
    {
        RecommendationAim.Price => RecommendationPolicy.Cheapest,
        RecommendationAim.Speed => RecommendationPolicy.Fastest,
        RecommendationAim.Energy => RecommendationPolicy.LeastEnergy,
        _ => RecommendationPolicy.Value,
    };
}
