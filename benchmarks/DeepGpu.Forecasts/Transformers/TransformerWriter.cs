using System.Text.Encodings.Web;
using System.Text.Json;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Writes transformers.json: the same text for the same rows.</summary>
internal static class TransformerWriter
{
    private const int Quantiles = 40;
    private const int Digits = 4;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TransformerProtocol protocol, string folder)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("source",
                "Measured times and peaks of transformers of public sources (docs/forecasting.md names them); "
                + "fitted by benchmarks/DeepGpu.Forecasts --transformers.");
            Constants(json, "time", InferenceConstants.Table, protocol.TimeModel.Values, protocol.TimeModel.Errors);
            Constants(json, "power", PowerConstants.Table, protocol.PowerModel.Values, protocol.PowerModel.Errors);
            json.WriteStartArray("cards");
            foreach (var card in protocol.Inference.Select(row => row.Card.Name).Distinct()
                .Order(StringComparer.Ordinal)) json.WriteStringValue(card);
            json.WriteEndArray();
            Own(json, protocol.Own);
            json.WriteStartArray("intervals");
            foreach (var (name, residuals) in protocol.Spreads) Spread(json, name, residuals);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        File.WriteAllText(Path.Combine(folder, "transformers.json"), System.Text.Encoding.UTF8.GetString(stream.ToArray())
            .ReplaceLineEndings("\n") + "\n");
    }

    public static ResidualSpread SpreadOf(IReadOnlyList<double> residuals)
        => new([.. Enumerable.Range(0, Quantiles + 1)
            .Select(i => Math.Round(Statistics.Quantile(residuals, (double)i / Quantiles), Digits))], residuals.Count,
            Math.Round(Statistics.MeanError(residuals.Select(r => -r)), 1));

    public static void Constants(Utf8JsonWriter json, string name, ConstantTable table, double[] values, double[] errors)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < values.Length; i++)
        {
            var definition = table.Definitions[i];
            json.WriteStartObject();
            json.WriteString("name", definition.Name);
            json.WriteNumber("value", Rounded(values[i]));
            if (definition.Unit.Length > 0) json.WriteString("unit", definition.Unit);
            json.WriteNumber("prior", definition.Prior);
            json.WriteNumber("relativeError", Math.Round(errors[i], 3));
            json.WriteString("meaning", definition.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Own(Utf8JsonWriter json, IReadOnlyList<OwnInferenceRow> rows)
    {
        json.WriteStartArray("own");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("phase", row.Phase.ToString());
            json.WriteString("similarity", row.Similarity.ToString());
            json.WriteNumber("pairs", row.Pairs);
            json.WriteNumber("share", Math.Round(row.Share, 3));
            json.WriteNumber("narrowing", Math.Round(Math.Min(1, row.Narrowing), 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Spread(Utf8JsonWriter json, string name, IReadOnlyList<double> residuals)
    {
        var spread = SpreadOf(residuals);
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("rows", spread.Rows);
        json.WriteNumber("meanErrorPercent", spread.MeanErrorPercent);
        json.WritePropertyName("quantiles");
        json.WriteRawValue("["
            + string.Join(", ", spread.Quantiles.Select(q => q.ToString(System.Globalization.CultureInfo.InvariantCulture))) + "]");
        json.WriteEndObject();
    }

    private static double Rounded(double value) => value == 0 ? 0
        : double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture),
        System.Globalization.CultureInfo.InvariantCulture);
}
