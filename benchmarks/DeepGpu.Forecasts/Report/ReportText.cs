using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeepGpu.Forecasts;

/// <summary>The report as text or JSON.</summary>
internal static class ReportText
{
    /// <summary>Worst rows of a group in JSON.</summary>
    private const int JsonWorst = 5;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals
    };

    public static string Text(Protocol protocol, int worst)
    {
        var text = new StringBuilder();
        text.AppendLine("Mean absolute percentage error of left-out rows; every fold is fitted again from the priors. Coverage is that of "
            + "the 80 % interval from the other folds' rows.");
        foreach (var part in protocol.Groups.GroupBy(group => group.LeftOut))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"left out: {part.Key,-38} {"n",5} {"mean",6} {"aim",5} "
                + $"{"median",7} {"bias",6} {"coverage",9} {"constants",10} {"decided",8}");
            foreach (var group in part) Line(text, group, worst);
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"{"order of cards",-48} {"things",6} {"cards",6} {"Spearman",9} {"regret %",9} {"pairs",6} {"right %",8}");
        foreach (var r in protocol.Rankings)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{r.Name,-48} {r.Things,6} {r.Cards,6:0.0} {r.Spearman,9:0.00} {r.Regret,9:0.0} {r.Pairs,6} {r.PairsRight,8:0}");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"{"does it fit? steps of which it is known",-54} {"rows",5} {"fits",5} {"uncertain",9} {"does not",8}");
        foreach (var c in protocol.Fits.Counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{c.Kind,-54} {c.Rows,5} {c.Fits,5} {c.Uncertain,9} {c.DoesNotFit,8}");
        foreach (var f in protocol.Fits.Flagged)
            text.AppendLine(CultureInfo.InvariantCulture, $"    flagged{(f.Ran ? " in error" : "")}: {f.Model} batch {f.Batch}, "
                + $"{f.Recorded:0} MiB recorded, {f.Forecast:0} forecast: {f.Verdict}");
        return text.ToString();
    }

    public static string ToJson(Protocol protocol) => JsonSerializer.Serialize(
        new
        {
            groups = protocol.Groups.Select(g => new
            {
                g.Name,
                g.LeftOut,
                g.Rows,
                g.Mean,
                g.Median,
                g.Bias,
                g.Coverage,
                g.Aim,
                g.Constants,
                g.Effective,
                worst = g.Worst.Take(JsonWorst).Select(w => new { w.Row, w.Percent })
            }),
            rankings = protocol.Rankings,
            fits = protocol.Fits.Counts,
            flagged = protocol.Fits.Flagged
        },
        Json);

    private static void Line(StringBuilder text, ErrorGroup g, int worst)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{g.Name,-48} {g.Rows,5} {g.Mean,6:0.00} {g.Aim,5} {g.Median,7:0.00} {g.Bias,6:0.0} "
            + $"{g.Coverage,7:0} % {g.Constants,10} {g.Effective,8:0.0}");
        foreach (var (row, percent) in g.Worst.Take(worst))
            text.AppendLine(CultureInfo.InvariantCulture, $"    {percent,6:+0;-0} %  {row}");
    }
}
