using System.Text.Json;
using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for metrics.</summary>
public class MetricOracleTests
{
    public static IEnumerable<ITheoryDataRow> Rows => OracleCase.Rows(Cases);

    private static IEnumerable<OracleCase> Cases => OracleCase.In("keras_cases.json").Where(c => c.Area == "metric");

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_metric_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = OracleCase.Find(id);
        using var state = MetricJson.Read(KerasArguments.Config(c)).Begin();
        foreach (var call in c.Entry.GetProperty("inputs").GetProperty("update_state_calls").EnumerateArray()) Add(state, call);
        Check(c, state.Results());
    }

    [Fact]
    public void The_file_of_runs_has_no_loss_and_no_metric_that_would_be_missed()
    {
        ReferenceData.Path("oracles");
        OracleCase.In("keras_run_cases.json").Should().NotBeEmpty().And.OnlyContain(c =>
            LossTypes.Find(c.Name) == null && MetricTypes.Find(c.Name) == null && MetricTypes.MeanLossOf(c.Name) == null);
    }

    /// <summary>Arguments as Keras takes them: targets, outputs and weights; the values alone for a mean or sum.</summary>
    private static void Add(MetricState state, JsonElement call)
    {
        var arguments = call.GetProperty("args").EnumerateArray().Select(KerasArguments.Tensor).ToList();
        var weights = call.GetProperty("kwargs").TryGetProperty("sample_weight", out var given)
            ? KerasArguments.Tensor(given)
            : arguments.ElementAtOrDefault(2);
        state.Add(arguments[0]!, (arguments.ElementAtOrDefault(1) ?? arguments[0])!, weights);
    }

    /// <summary>Keras's tests compare one number with every expected one.</summary>
    private static void Check(OracleCase c, IReadOnlyList<double> values)
    {
        var expected = OracleCase.Numbers(c.Entry.GetProperty("expected"));
        double[] actual = values.Count == 1 ? [.. Enumerable.Repeat(values[0], expected.Length)] : [.. values];
        var shape = c.Entry.GetProperty("expected").ValueKind == JsonValueKind.Object ? new[] { expected.Length } : [];
        c.Check(NDArray.From<double>(actual, shape));
    }
}
