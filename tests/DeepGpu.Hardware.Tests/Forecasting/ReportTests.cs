using System.Text.Json;
using DeepGpu.Forecasts;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class ReportTests
{
    [Fact]
    public void The_report_as_json_has_every_part()
    {
        var protocol = new Protocol(new(ReferenceData.Path("measurements")));
        List<Residual> rows = [.. Enumerable.Range(0, 20)
            .Select(i => new Residual($"row {i}", $"card {i % 4}", "training", (i - 10) / 50.0))];
        protocol.Groups.Add(ErrorGroup.Of("some group", "cards", rows, rows, (61, 24.7), aim: 15));
        protocol.Rankings.Add(Ranking.Of("some things", [("a", "1", 1, 0), ("a", "2", 2, 0.1), ("a", "3", 4, 0.9)]));
        protocol.Fits.Counts.Add(FitCount.Of("some steps", [FitVerdict.Fits, FitVerdict.Uncertain]));
        var root = JsonDocument.Parse(ReportText.ToJson(protocol)).RootElement;
        root.EnumerateObject().Select(part => part.Name).Should().Equal("groups", "rankings", "fits", "flagged");
        root.GetProperty("groups")[0].EnumerateObject().Select(field => field.Name)
            .Should().Contain(["name", "leftOut", "rows", "mean", "median", "bias", "coverage", "aim", "constants", "worst"]);
        root.GetProperty("fits")[0].GetProperty("uncertain").GetInt32().Should().Be(1);
    }

    [Fact]
    public void Of_two_cards_that_measurements_tell_apart_a_ranking_counts_the_order()
    {
        var ranking = Ranking.Of("things", [("a", "1", 1, 0), ("a", "2", 1.05, -0.2), ("a", "3", 2, -0.9)]);
        (ranking.Pairs, ranking.PairsRight).Should().Be((2, 0));
    }

    [Theory]
    [InlineData(true, true, 1.5, "Both")]
    [InlineData(true, true, 4, "Card")]
    [InlineData(true, false, 1, "Card")]
    [InlineData(false, true, 1, "Model")]
    [InlineData(false, false, 1, null)]
    public void A_measurement_tells_of_steps_with_card_or_model_in_common(bool isSameCard, bool isSameModel,
        double batchRatio, string? expected)
        => StepSimilarities.Between(isSameCard, isSameModel, batchRatio)?.ToString().Should().Be(expected);

    [Fact]
    public void An_own_measurement_never_widens_and_helps_its_own_step_most()
    {
        var own = CalibrationData.Default.Own;
        own.Values.Should().OnlyContain(tells => tells.Narrowing > 0 && tells.Narrowing <= 1 && tells.Share >= 0 && tells.Share <= 1);
        own[StepSimilarity.Both].Narrowing.Should().BeLessThan(own[StepSimilarity.Card].Narrowing);
    }

    [Fact]
    public void Stacks_of_lstm_have_the_published_number_of_parameters()
        => Gnmt.Build().ParameterCount.Should().BeInRange(155_000_000, 170_000_000);
}
