using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeepGpu.Forecasts;

/// <summary>The report as text or JSON.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static string Text(Protocol protocol, bool withWorst)
    {
        var text = new StringBuilder();
        text.AppendLine("Mean absolute percentage error of left-out rows; every fold is fitted anew from the priors. Coverage is that of the 80 % interval from the other folds' rows.");
        foreach (var part in protocol.Groups.GroupBy(group => group.LeftOut))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"left out: {part.Key,-38} {"n",5} {"mean",6} {"aim",5} {"median",7} {"bias",6} {"coverage",9} {"constants",10} {"decided",8}");
            foreach (var group in part) Line(text, group, withWorst);
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{"order of cards",-48} {"things",6} {"cards",6} {"Spearman",9} {"regret %",9}");
        foreach (var r in protocol.Rankings) text.AppendLine(CultureInfo.InvariantCulture, $"{r.Name,-48} {r.Things,6} {r.Cards,6:0.0} {r.Spearman,9:0.00} {r.Regret,9:0.0}");
        text.AppendLine().AppendLine("rows flagged as out of memory on 40 GB (MiB recorded, MiB forecast, verdict):");
        foreach (var o in protocol.OutOfMemory) text.AppendLine(CultureInfo.InvariantCulture, $"  {o.Row}; forecast {o.Forecast:0}; {(o.SaysFits ? "fits" : "does not fit, or uncertain")}");
        return text.ToString();
    }

    public static string ToJson(Protocol protocol) => JsonSerializer.Serialize(
        new { groups = protocol.Groups.Select(g => new { g.Name, g.LeftOut, g.Rows, g.Mean, g.Median, g.Bias, g.Coverage, g.Aim, g.Constants, g.Effective, worst = g.Worst.Select(w => new { w.Row, w.Percent }) }), rankings = protocol.Rankings, outOfMemory = protocol.OutOfMemory.Select(o => new { o.Row, o.Recorded, o.Forecast, o.SaysFits }) },
        Json);

    private static void Line(StringBuilder text, ErrorGroup g, bool withWorst)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{g.Name,-48} {g.Rows,5} {g.Mean,6:0.00} {g.Aim,5} {g.Median,7:0.00} {g.Bias,6:0.0} {g.Coverage,7:0} % {g.Constants,10} {g.Effective,8:0.0}");
        if (!withWorst) return;
        foreach (var (row, percent) in g.Worst) text.AppendLine(CultureInfo.InvariantCulture, $"    {percent,6:+0;-0} %  {row}");
    }
}
