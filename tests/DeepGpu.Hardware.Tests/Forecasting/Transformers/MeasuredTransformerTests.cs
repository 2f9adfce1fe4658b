using DeepGpu.Forecasts.Transformers;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>Forecasts against measured rows, and the calibration against what the program fits.</summary>
public class MeasuredTransformerTests
{
    private static string Table(string name) => ReferenceData.Path(Path.Combine("measurements", "transformers", name + ".csv"));

    [Fact]
    public void Every_constant_has_a_value_and_a_meaning()
    {
        HasAll("transformers.json", "time", InferenceConstants.Table);
        HasAll("transformers.json", "power", PowerConstants.Table);
        foreach (var (file, table) in new[] { ("transformer-memory.json", TransformerMemoryConstants.Table),
            ("transformer-training.json", TransformerTrainingConstants.Table), ("encoders.json", EncoderConstants.Table),
            ("vision.json", VisionConstants.Table), ("diffusion.json", DiffusionConstants.Table) }) HasAll(file, "constants", table);
    }

    private static void HasAll(string file, string name, ConstantTable table) => CalibrationFiles.Read(file, root =>
    {
        var constants = root.GetProperty(name).EnumerateArray().ToList();
        constants.Select(c => c.GetProperty("name").GetString()).Should().Equal(table.Definitions.Select(d => d.Name));
        constants.Should().OnlyContain(c => c.GetProperty("value").GetDouble() > 0);
        root.GetProperty("source").GetString().Should().Contain("fitted by benchmarks/DeepGpu.Forecasts");
        return true;
    });

    [Fact]
    public void The_constants_of_time_and_draw_are_what_the_program_fits()
    {
        List<InferenceRow> rows = [.. InferenceRows.Read(Table("transformer_inference")).Where(row => row.Task != InferenceTask.Encoder)];
        InferenceFit.Run(rows).Values.Zip(TransformerCalibration.Default.Time).Should()
            .OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 0.002);
        TransformerPowerFit.Run(TransformerPowerFit.Rows(rows)).Values.Zip(TransformerCalibration.Default.Power).Should()
            .OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 0.002);
    }

    [Fact]
    public void The_constants_of_each_part_are_what_the_program_fits()
    {
        IsFitted(MemoryPart.Of(Table("transformer_memory")));
        IsFitted(TrainingPart.Of(Table("transformer_training")));
        IsFitted(EncoderPart.Of(Table("transformer_inference")));
        IsFitted(VisionPart.Of(Table("vit_cnn_timm")));
        IsFitted(DiffusionPart.Of(Table("diffusion")));
    }

    private static void IsFitted<TRow>(MeasuredPart<TRow> part)
        where TRow : notnull
        => part.Model.Fit.Values.Zip(FittedPart.Read(part.Plan.File, part.Plan.Table).Values).Should()
            .OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 0.002, part.Name);

    [Fact]
    public void No_run_that_ended_for_lack_of_memory_was_told_to_fit()
    {
        List<TransformerMemoryRow> ended = [.. TransformerMemoryRow.Read(Table("transformer_memory")).Where(row => row.IsOutOfMemory)];
        ended.Count.Should().BeGreaterThan(15);
        foreach (var row in ended)
        {
            var spread = TransformerCalibration.Default.Spread("memory." + row.Group);
            spread.ShareBelow(Math.Log(row.Usable / TransformerMemoryFit.Forecast(TransformerCalibration.Default.Memory, row).Total.Bytes))
                .Should().BeLessThanOrEqualTo(0.5, row.ToString());
        }
    }

    /// <summary>Llama 3 8B in 4 bits with llama.cpp, on each NVIDIA card alone: tokens a second within a quarter of what was measured.
    /// </summary>
    [Fact]
    public void Public_rates_of_llama_cpp_are_within_a_quarter()
    {
        List<InferenceRow> rows = [.. InferenceRows.Read(Table("transformer_inference")).Where(row => row is
        {
            Source: "xiongjiedai",
            Task: InferenceTask.Decode,
            Engine: EngineClass.LlamaCuda,
            Cards: 1,
            Output: 512 or 1024,
            Format.Name: "Q4_K_M",
        })];
        rows.Count.Should().BeGreaterThanOrEqualTo(10);
        foreach (var row in rows)
        {
            var f = TransformerForecaster.Default.Forecast(new InferenceRequest
            {
                Model = row.Shape,
                Weights = row.Format,
                PromptTokens = 1,
                NewTokens = 1024
            }, row.Card);
            (f.TokensPerSecond!.Value.Value * row.Seconds).Should().BeInRange(0.75, 1.25, row.ToString());
        }
    }
}
