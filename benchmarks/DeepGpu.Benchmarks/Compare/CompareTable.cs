using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace DeepGpu.Benchmarks;

/// <summary>The comparison as text (a Markdown table) or JSON.</summary>
internal static class CompareTable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Text(IReadOnlyList<Measurement> rows, CompareOptions options)
    {
        var contenders = rows.Select(row => row.Contender).Distinct().ToList();
        var others = contenders.Where(name => name != Contenders.DeepGpu).ToList();
        var text = new StringBuilder($"{Machine(options)}; {options.Rounds} rounds, batch {Network.BatchSize}, float32; milliseconds a "
            + "batch: median (quartiles)\n\n");
        text.AppendLine(
            $"| network | | {string.Join(" | ", contenders)} | {string.Join(" | ", others.Select(name => $"share of {name}"))} |");
        text.AppendLine($"| --- | --- |{string.Concat(contenders.Concat(others).Select(_ => " --- |"))}");
        foreach (var group in Groups(rows))
        {
            var own = group.First(row => row.Contender == Contenders.DeepGpu);
            var times = group.Select(row => Invariant($"{row.Median:0.00} ({row.Quartiles.Low:0.00}-{row.Quartiles.High:0.00})"));
            var shares = group.Where(row => row != own).Select(row => Invariant($"{own.ShareOf(row):0.00}"));
            text.AppendLine($"| {own.Network} | {own.Turn} | {string.Join(" | ", times)} | {string.Join(" | ", shares)} |");
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<Measurement> rows, CompareOptions options) => JsonSerializer.Serialize(
        new
        {
            machine = Machine(options),
            rounds = options.Rounds,
            rows = Groups(rows).Select(group => new
            {
                network = group[0].Network,
                turn = group[0].Turn,
                contenders = group.ToDictionary(row => row.Contender,
                    row => new { median = row.Median, low = row.Quartiles.Low, high = row.Quartiles.High, share = group[0].ShareOf(row) }),
            }),
        },
        Indented);

    private static IEnumerable<List<Measurement>> Groups(IReadOnlyList<Measurement> rows)
        => rows.GroupBy(row => (row.Network, row.Turn)).Select(group => group.ToList());

    private static string Machine(CompareOptions options)
        => $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, device {options.Device}, engine "
            + $"{TorchRuntime.CheckEngine().Engine}, {DateTime.UtcNow:yyyy-MM-dd}";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
