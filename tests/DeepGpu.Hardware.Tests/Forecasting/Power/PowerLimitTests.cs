using DeepGpu.Forecasts;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class PowerLimitTests
{
    private static readonly ModelSpec ResNet = Applications.Find("torchvision/resnet50").Build();

    private static readonly ModelSpec Lstm = Sequential.Input(null, 64).LSTM(256, returnSequences: true).LSTM(256).Dense(10).Build();

    private static readonly ModelSpec Tiny = Sequential.Input(9).Dense(3).Build();

    public static TheoryData<string> Cards
        => ["Tesla V100 PCIe 16GB", "A40", "GeForce RTX 4090", "Tesla T4", "H100 SXM5 80GB", "Radeon RX 6800 XT", "Tesla P100 PCIe 16GB"];

    private static Workload[] Steps
        => [ResNet.Training(37), ResNet.Inference(1), ResNet.Training(64, NumberFormat.Float16), Lstm.Training(48, timeSteps: 21)];

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_lower_limit_never_makes_a_step_faster_nor_the_draw_higher(string name)
    {
        var card = GpuCatalog.Default.Find(name);
        foreach (var step in Steps.Where(step => card.Supports(step.Precision)))
        {
            var higher = Of(step, card, 1.2);
            for (var share = 1.15; share > 0.1; share -= 0.05)
            {
                var lower = Of(step, card, share);
                lower.StepTime!.Value.Value.Should().BeGreaterThanOrEqualTo(higher.StepTime!.Value.Value);
                lower.StepTime.Value.Low.Should().BeGreaterThanOrEqualTo(higher.StepTime.Value.Low);
                lower.StepTime.Value.High.Should().BeGreaterThanOrEqualTo(higher.StepTime.Value.High);
                lower.AveragePower!.Value.Value.Should().BeLessThanOrEqualTo(higher.AveragePower!.Value.Value);
                lower.StepTime.Value.Should().Match<Estimate<TimeSpan>>(t => t.Low < t.Value && t.Value < t.High);
                lower.AveragePower.Value.Should().Match<Estimate<Power>>(p => p.Low < p.Value && p.Value <= p.High);
                higher = lower;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_limit_of_the_rated_power_or_more_changes_nothing(string name)
    {
        var card = GpuCatalog.Default.Find(name);
        var plain = GpuForecaster.Default.Forecast(ResNet.Training(37), card);
        foreach (var share in new[] { 1, 1.3 })
        {
            var limited = Of(ResNet.Training(37), card, share);
            limited.StepTime.Should().Be(plain.StepTime);
            limited.AveragePower.Should().Be(plain.AveragePower);
            limited.EnergyPerSample.Should().Be(plain.EnergyPerSample);
            limited.Notes.Should().Equal(plain.Notes);
        }
    }

    [Fact]
    public void Energy_is_the_draw_of_the_limit_over_the_longer_time()
    {
        var limited = Of(ResNet.Training(37), GpuCatalog.Default.Find("Tesla V100 PCIe 16GB"), 0.55);
        limited.EnergyPerSample!.Value.Value.Joules.Should().BeApproximately(
            limited.AveragePower!.Value.Value.Watts * limited.StepTime!.Value.Value.TotalSeconds / 37, 1e-6);
    }

    [Fact]
    public void A_limit_in_the_middle_needs_least_energy()
    {
        var card = GpuCatalog.Default.Find("Tesla V100 PCIe 16GB");
        double Joules(double share) => Of(ResNet.Training(128), card, share).EnergyPerSample!.Value.Value.Joules;
        List<double> shares = [.. Enumerable.Range(5, 16).Select(step => step / 20.0)];
        var best = shares.MinBy(Joules);
        best.Should().BeInRange(0.3, 0.85);
        Joules(best).Should().BeLessThan(0.9 * Joules(1));
        Joules(0.25).Should().BeGreaterThan(Joules(best));
    }

    [Fact]
    public void A_card_that_waits_for_the_host_loses_nothing()
    {
        var card = GpuCatalog.Default.Find("GeForce RTX 4090");
        Of(Tiny.Training(4), card, 0.5).StepTime!.Value.Value.Should().Be(Of(Tiny.Training(4), card, 1).StepTime!.Value.Value);
    }

    [Fact]
    public void Layers_take_as_much_longer_as_the_step()
    {
        var card = GpuCatalog.Default.Find("A40");
        var (plain, limited) = (Of(ResNet.Training(64), card, 1), Of(ResNet.Training(64), card, 0.5));
        var slowdown = limited.StepTime!.Value.Value / plain.StepTime!.Value.Value;
        slowdown.Should().BeGreaterThan(1.1);
        (limited.Layers[3].Time / plain.Layers[3].Time).Should().BeApproximately(slowdown, 1e-4);
        limited.StepTime.Value.Basis.Should().Contain("The power limit of 150 W makes it");
    }

    [Fact]
    public void A_limit_below_what_was_measured_is_said()
    {
        var card = GpuCatalog.Default.Find("GeForce RTX 3090");
        Of(ResNet.Training(64), card, 0.5).Notes.Should().BeEmpty();
        Of(ResNet.Training(64), card, 0.3).Notes.Should().ContainSingle().Which.Should().Contain("below the lowest measured");
        Of(ResNet.Training(64), card, 0.05).Notes.Should().Contain(note => note.StartsWith("No clock is slow enough for a limit of 18 W"));
        Of(ResNet.Training(64), card, 0.05).AveragePower!.Value.Value.Watts.Should().BeGreaterThan(18);
    }

    [Fact]
    public void A_limit_on_a_card_of_unknown_rated_power_is_left_out_and_said()
    {
        var card = GpuCatalog.Default.Find("GeForce RTX 3090") with { Name = "unknown", Tdp = null };
        var (plain, limited) = (GpuForecaster.Default.Forecast(ResNet.Training(8), card), GpuForecaster.Default.Forecast(ResNet.Training(8),
            card, new() { PowerLimit = Power.FromWatts(100) }));
        limited.StepTime.Should().Be(plain.StepTime);
        limited.Notes.Should().ContainSingle(note => note.Contains("power limit is left out"));
    }

    [Fact]
    public void A_language_model_is_slower_under_a_limit_too()
    {
        var advisor = GpuAdvisor.Default;
        var training = new TransformerTraining { Model = Small, BatchSize = 8, SequenceLength = 512 };
        var (plain, limited) = (Find(advisor.Recommend(training)), Find(advisor.Recommend(training, options: new()
        {
            Forecast = new() { PowerLimit = Power.FromWatts(200) },
        })));
        limited.StepTime!.Value.Value.Should().BeGreaterThan(plain.StepTime!.Value.Value);
        limited.TokensPerSecond!.Value.Value.Should().BeLessThan(plain.TokensPerSecond!.Value.Value);
        (limited.TokensPerSecond.Value.Value * limited.StepTime.Value.Value.TotalSeconds).Should().BeApproximately(
            plain.TokensPerSecond.Value.Value * plain.StepTime.Value.Value.TotalSeconds, 1);

        static GpuForecast Find(Recommendation r) => r.Cards.Single(card => card.Card.Name == "GeForce RTX 3090").Forecast;
    }

    /// <summary>Zeus's runs of ResNet-50 and ShuffleNet at six to eight limits on three cards.</summary>
    [Fact]
    public void Measured_steps_under_lower_limits_are_forecast_within_a_tenth()
    {
        var rows = EnergyRow.Read(new(ReferenceData.Path("measurements"))).Where(row => !row.IsAtDefaultLimit).ToList();
        var data = CalibrationData.Default;
        var errors = rows.Select(row =>
        {
            var (load, _) = CnnFit.Load(row.Step, [.. data.Time.All]);
            var model = new ClockModel(load, row.Step.Card.Tdp!.Value.Watts, CardFigures.Of(row.Step.Card)!, data.Power, data.Clock);
            return Math.Abs(model.Slowdown(row.Limit) / row.Slowdown - 1);
        }).ToList();
        errors.Should().HaveCountGreaterThan(250);
        errors.Average().Should().BeLessThan(0.06);
    }

    private static readonly TransformerShape Small = HuggingFaceConfig.Parse(System.Text.Encoding.UTF8.GetBytes("""
        {"model_type":"llama","hidden_size":1024,"intermediate_size":2816,"num_hidden_layers":12,"num_attention_heads":16,
         "num_key_value_heads":16,"vocab_size":32000,"max_position_embeddings":2048,"tie_word_embeddings":true}
        """));

    private static GpuForecast Of(Workload step, GpuSpec card, double share)
        => GpuForecaster.Default.Forecast(step, card, new() { PowerLimit = Power.FromWatts(share * card.Tdp!.Value.Watts) });
}
