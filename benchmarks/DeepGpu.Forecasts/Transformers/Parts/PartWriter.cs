using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Writes a part's calibration file: the same text for the same rows.</summary>
internal static class PartWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, string basis, ConstantTable table, Fit fit,
        IReadOnlyDictionary<string, IReadOnlyList<double>> spreads, IEnumerable<string> cards)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("source", $"{basis} (docs/forecasting.md names the sources); fitted by benchmarks/DeepGpu.Forecasts.");
            TransformerWriter.Constants(json, "constants", table, fit.Values, fit.Errors);
            json.WriteStartArray("cards");
            foreach (var card in cards.Distinct().Order(StringComparer.Ordinal)) json.WriteStringValue(card);
            json.WriteEndArray();
            json.WriteStartArray("intervals");
            foreach (var (name, residuals) in spreads) TransformerWriter.Spread(json, name, residuals);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        File.WriteAllText(path, Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n") + "\n");
    }
}
