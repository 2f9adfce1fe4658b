using System.Text;
using System.Text.Json;

namespace DeepGpu.Hardware.Detection;

/// <summary>Product names by rocm-smi, which sysfs seldom shows.</summary>
internal sealed class RocmSmi(ICommands commands, GpuDetectionOptions options)
{
    private static readonly string[] NameKeys = ["Card Series", "Card series", "Card Model", "Card model", "Device Name"];

    /// <summary>PCI addresses with product names; empty where the command is missing, slow or unclear.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ProductsAsync(CancellationToken cancellationToken)
    {
        if ((options.RocmSmiPath ?? commands.Find("rocm-smi")) is not { } path) return new Dictionary<string, string>();
        var result = await commands.RunAsync(path, ["--showproductname", "--showbus", "--json"], options.CommandTimeout, cancellationToken)
            .ConfigureAwait(false);
        return result is { End: CommandEnd.Exited, ExitCode: 0 } ? Parse(result.Output) : new Dictionary<string, string>();
    }

    internal static IReadOnlyDictionary<string, string> Parse(string output)
    {
        try
        {
            using var json = StrictJson.Parse(Encoding.UTF8.GetBytes(output), maxDepth: 8);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Names(json.RootElement) : [];
        }
        catch (ModelFormatException)
        {
            return new Dictionary<string, string>();
        }
    }

    private static Dictionary<string, string> Names(JsonElement cards) => cards.EnumerateObject()
        .Select(card => (Address: Value(card.Value, ["PCI Bus"]), Name: Value(card.Value, NameKeys)))
        .Where(card => card is { Address: not null, Name: not null }).DistinctBy(card => card.Address)
        .ToDictionary(card => card.Address!.ToLowerInvariant(), card => card.Name!);

    private static string? Value(JsonElement card, IEnumerable<string> keys) => card.ValueKind != JsonValueKind.Object ? null
        : keys.Select(key => card.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text) && PrintableText.Is(text) && text != "N/A");
}
