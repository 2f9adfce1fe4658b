namespace DeepGpu.Benchmarks;

/// <summary>What <c>compare</c> was asked to do.</summary>
/// <param name="Json">Whether the table is written as JSON.</param>
/// <param name="Rounds">Rounds of every contender: 15, or 45 with <c>--full</c>.</param>
/// <param name="Device">"cpu" or "cuda".</param>
/// <param name="Python">A Python with torch whose own eager loop joins in; null for none.</param>
/// <param name="Before">Another build of this program, which alone is compared with; null for the other contenders.</param>
/// <param name="Peer">"onnxruntime": prediction alone is compared with it, the first one, one by one, by 16 threads at once and at batch
/// 64; null for training beside it.</param>
/// <param name="Networks">The rows.</param>
internal sealed record CompareOptions(
    bool Json,
    int Rounds,
    string Device,
    string? Python,
    string? Before,
    string? Peer,
    IReadOnlyList<Network> Networks)
{
    public const string Usage =
        "compare [--json] [--full] [--device cpu|cuda] [--only TEXT] [--rounds N] [--python PROGRAM] [--before PROGRAM] "
        + "[--peer onnxruntime]";

    public static CompareOptions Parse(string[] args)
    {
        var only = Value(args, "--only");
        var rounds = Value(args, "--rounds") is { } text ? int.Parse(text) : args.Contains("--full") ? 45 : 15;
        return new(args.Contains("--json"), rounds, Value(args, "--device") ?? "cpu", Value(args, "--python"), Value(args, "--before"),
            Value(args, "--peer") is { } peer ? Known(peer) : null,
            [.. Network.All.Where(network => only is null || network.Name.Contains(only, StringComparison.Ordinal))]);
    }

    /// <summary>What each contender does in a round.</summary>
    public string[] Turns => Peer is null ? ["fit", "predict"] : [Worker.First, Worker.PredictOne, Worker.PredictTogether, "predict"];

    private static string Known(string peer) => peer == "onnxruntime" ? peer
        : throw new ArgumentException($"--peer must be onnxruntime, but is '{peer}'.");

    private static string? Value(string[] args, string name)
        => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
}
