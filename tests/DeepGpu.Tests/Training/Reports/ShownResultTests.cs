using System.Text.Json;
using DeepGpu.Models;

namespace DeepGpu.Tests.Training.Reports;

/// <summary>What Fit and Evaluate return, as text, JSON and HTML.</summary>
public class ShownResultTests
{
    private static readonly (Dataset Train, Dataset Test) Digits = Datasets.GeneratedDigits(64, 32);

    [Fact]
    public void A_history_prints_its_epochs_as_a_table()
    {
        var history = Of(epochs: 3, notes: 1);
        history.ToString().Split(Environment.NewLine).Should().Equal(
            "epoch    loss  val_loss", "    1  1.0000    2.0000", "    2  0.5000    1.0000", "    3  0.3333    0.6667", "note 0");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(14, 3)]
    [InlineData(15, 9)]
    [InlineData(1000, 50)]
    public void It_takes_at_most_20_lines_and_20_kB_of_html(int epochs, int notes)
    {
        var history = Of(epochs, notes);
        history.ToString().Split(Environment.NewLine).Should().HaveCountLessThanOrEqualTo(20);
        history.ToHtml().Length.Should().BeInRange(10, 20_000);
        if (epochs > 0) history.ToString().Should().Contain($" {epochs}  ");
    }

    [Fact]
    public void Names_are_text_in_html_and_never_markup()
    {
        var history = History.Of(1, [new("<b>x</b>\u001b", [1])], ["<script>"]);
        history.ToHtml().Should().NotContain("<b>").And.NotContain("<script>").And.NotContain("\u001b").And.Contain("&lt;b&gt;");
        history.ToString().Should().NotContain("\u001b");
    }

    [Fact]
    public void A_history_goes_through_json_with_values_that_are_not_finite()
    {
        var history = History.Of(2, [new("loss", [0.1, double.NaN]), new("auc", [double.PositiveInfinity])], ["stopped"]);
        history.Set("optimizer", "Adam");
        var json = JsonSerializer.Serialize(history);
        json.Should()
            .Be("""{"epochs":2,"values":{"loss":[0.1,"NaN"],"auc":["Infinity"]},"settings":{"optimizer":"Adam"},"notes":["stopped"]}""");
        JsonSerializer.Serialize(JsonSerializer.Deserialize<History>(json)).Should().Be(json);
        FluentActions.Invoking(() => JsonSerializer.Deserialize<History>("""{"epochs":2}""")).Should().Throw<JsonException>();
    }

    [Fact]
    public void A_missing_name_lists_those_there_are()
    {
        FluentActions.Invoking(() => Of(1, 0)["acc"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("'acc' was not measured. Measured: loss, val_loss.");
        using var model = Trained();
        FluentActions.Invoking(() => model.Evaluate(Digits.Test)["acc"]).Should().Throw<KeyNotFoundException>()
            .WithMessage("'acc' was not measured. Measured: loss, accuracy.");
    }

    [Fact]
    public void An_evaluation_is_a_dictionary_a_line_and_json()
    {
        using var model = Trained();
        var evaluation = model.Evaluate(Digits.Test);
        evaluation.Keys.Should().Equal("loss", "accuracy");
        evaluation.ToString().Should().MatchRegex(@"^loss \d\.\d{4}  accuracy \d\.\d{4}$");
        var again = JsonSerializer.Deserialize<Evaluation>(JsonSerializer.Serialize(evaluation))!;
        again["loss"].Should().Be(evaluation["loss"]);
        evaluation.ToHtml().Should().Contain("<th>accuracy</th>");
    }

    [Fact]
    public void A_history_knows_what_was_trained_and_how()
    {
        using var model = Trained();
        var history = model.Fit(Digits.Train, epochs: 2, batchSize: 16);
        history.Settings.Should().Contain("optimizer", "Adam").And.Contain("batch size", "16").And.Contain("device", "cpu")
            .And.Contain("learning rate", "0.01").And.Contain("seed", "1").And.Contain("steps", "8");
        history.Settings["parameters"].Should().Be("7,850, of them 7,850 trainable");
    }

    private static History Of(int epochs, int notes) => History.Of(epochs,
        epochs == 0 ? [] : [new("loss", [.. Enumerable.Range(1, epochs).Select(i => 1.0 / i)]),
            new("val_loss", [.. Enumerable.Range(1, epochs).Select(i => 2.0 / i)])],
        Enumerable.Range(0, notes).Select(i => $"note {i}"));

    private static Model Trained()
    {
        var model = Sequential.Input(28, 28, 1).Flatten().Dense(10, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.01), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        return model;
    }
}
