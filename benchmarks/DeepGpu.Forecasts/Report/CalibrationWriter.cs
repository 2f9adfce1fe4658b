using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Forecasts;

/// <summary>Writes the calibration files: the same text for the same rows.</summary>
internal sealed class CalibrationWriter(string folder)
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A table of constants, each with its prior, its standard error and what it stands for.</summary>
    public void Constants(string file, string source, ConstantTable table, Fit fit, IEnumerable<ErrorGroup> residuals,
        IEnumerable<string>? generations = null, double? usableShare = null, IEnumerable<string>? cards = null)
        => Write(file, source, json =>
        {
            json.WriteNumber("effectiveConstants", Math.Round(fit.EffectiveCount, 1));
            if (usableShare is { } share) json.WriteNumber("usableShare", Round(share));
            Names(json, "generations", generations);
            Names(json, "cards", cards);
            json.WriteStartArray("residuals");
            foreach (var group in residuals) Residual(json, group);
            json.WriteEndArray();
            json.WriteStartArray("constants");
            for (var i = 0; i < fit.Values.Length; i++) Constant(json, table.Definitions[i], fit.Values[i], fit.Errors[i]);
            json.WriteEndArray();
        });

    /// <summary>The weights of the recurrent layers' anchors, each as one line of numbers.</summary>
    public void Anchors(string source, IReadOnlyList<RecurrentAnchor> anchors) => Write("anchors.json", source, json =>
    {
        json.WriteString("columns", "gates, units, samples, steps, training, half, generation (its place in generations.json), weight");
        json.WriteStartArray("anchors");
        foreach (var a in anchors)
            json.WriteRawValue(FormattableString.Invariant($"[{a.Gates}, {a.Units}, {a.Rows}, {a.Steps}, ")
                + FormattableString.Invariant($"{(a.IsTraining ? 1 : 0)}, {(a.IsHalf ? 1 : 0)}, {a.Generation}, {a.Weight:0.####}]"));
        json.WriteEndArray();
    });

    public void IntervalTable(string source, IEnumerable<(string Name, LogInterval Interval)> intervals, double otherVendor,
        IEnumerable<(StepSimilarity Similarity, OwnMeasurement Own)> own)
        => Write("intervals.json", source, json =>
        {
            json.WriteNumber("otherVendor", Math.Round(otherVendor, 2));
            json.WriteStartObject("ownMeasurement");
            foreach (var (kinship, tells) in own)
            {
                json.WriteStartObject(kinship.ToString());
                json.WriteNumber("share", Math.Round(tells.Share, 2));
                json.WriteNumber("narrowing", Math.Round(tells.Narrowing, 2));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("intervals");
            foreach (var (name, interval) in intervals)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("low", Round(interval.Low));
                json.WriteNumber("high", Round(interval.High));
                json.WriteNumber("rows", interval.Rows);
                json.WriteNumber("meanErrorPercent", Math.Round(interval.MeanErrorPercent, 1));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public void Corrections(string source, IEnumerable<CardCorrection> corrections) => Write("corrections.json", source, json =>
    {
        json.WriteStartArray("cards");
        foreach (var c in corrections)
        {
            json.WriteStartObject();
            json.WriteString("card", c.Card);
            json.WriteString("task", c.Task.ToString());
            json.WriteBoolean("half", c.IsHalf);
            json.WriteNumber("logExcess", Round(c.Excess));
            json.WriteNumber("rows", c.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Names(Utf8JsonWriter json, string member, IEnumerable<string>? names)
    {
        if (names is null) return;
        json.WriteStartArray(member);
        foreach (var name in names.Order(StringComparer.Ordinal)) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void Residual(Utf8JsonWriter json, ErrorGroup group)
    {
        json.WriteStartObject();
        json.WriteString("group", group.Name);
        json.WriteString("leftOut", group.LeftOut);
        json.WriteNumber("rows", group.Rows);
        json.WriteNumber("meanPercent", Math.Round(group.Mean, 1));
        json.WriteNumber("medianPercent", Math.Round(group.Median, 1));
        json.WriteNumber("biasPercent", Math.Round(group.Bias, 1));
        json.WriteEndObject();
    }

    private static void Constant(Utf8JsonWriter json, ConstantDefinition definition, double value, double error)
    {
        json.WriteStartObject();
        json.WriteString("name", definition.Name);
        json.WriteNumber("value", Round(value));
        if (definition.Unit.Length > 0) json.WriteString("unit", definition.Unit);
        json.WriteNumber("prior", Round(definition.Prior));
        json.WriteNumber("relativeError", Math.Round(error, 3));
        json.WriteString("meaning", definition.Meaning);
        json.WriteEndObject();
    }

    /// <summary>Four digits: more say nothing.</summary>
    private static double Round(double value)
        => value == 0
            ? 0
            : double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture),
                System.Globalization.CultureInfo.InvariantCulture);

    private void Write(string file, string source, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            members(json);
            json.WriteEndObject();
        }

        File.WriteAllText(Path.Combine(folder, file), Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }
}
