using DeepGpu.Forecasts.Transformers;
namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>Encoders of text and of pictures.</summary>
public class PictureTests
{
    private static readonly GpuSpec Card = GpuCatalog.Default.Find("GeForce RTX 3090");

    private static TransformerShape Model(string name) => ModelTable.Find(name, null, null)!;

    private static InferenceForecast Forecast(InferenceRequest request) => TransformerForecaster.Default.Forecast(request, Card);

    /// <summary>The numbers that timm publishes of vit_base_patch16_224: 86.57 million weights, 17.58 GMACs, 16.49 million
    /// activations; of the small and the large one likewise.</summary>
    [Theory]
    [InlineData("ViT-S/16", 22.05e6, 4.61e9, 11.95e6)]
    [InlineData("ViT-B/16", 86.57e6, 17.58e9, 23.90e6)]
    [InlineData("ViT-L/16", 304.33e6, 61.60e9, 63.52e6)]
    public void A_vision_transformers_numbers_are_those_of_published_tables(string name, double weights, double macs, double activations)
    {
        var model = VisionModel.Of(Model(name));
        (model.Parameters / weights).Should().BeApproximately(1, 0.001);
        (model.Flops / 2 / macs).Should().BeApproximately(1, 0.015); // the patches' product is not counted
        (model.Activations / activations).Should().BeApproximately(1, 0.002);
        model.Family.Should().Be(VisionFamily.Transformer);
    }

    [Fact]
    public void A_model_of_text_is_no_vision_model()
        => FluentActions.Invoking(() => VisionModel.Of(Model("BERT-base"))).Should().Throw<DeepGpuArgumentException>()
            .Which.Fault.Code.Should().Be("vision_shape");

    [Fact]
    public void A_vision_transformer_is_forecast_at_its_own_number_of_tokens()
    {
        var f = Forecast(new() { Model = Model("ViT-B/16"), Sequences = 64, PromptTokens = 5, Weights = WeightFormat.Float16 });
        f.Request.Context.Should().Be(197);
        f.TimePerToken.Should().BeNull();
        (f.SequencesPerSecond!.Value.Value * f.TotalTime!.Value.Value.TotalSeconds).Should().BeApproximately(64, 0.01);
        f.ToString().Should().Contain("images/s");
        var step = VisionForecaster.Default.Forecast(new() { Model = VisionModel.Of(Model("ViT-B/16")), BatchSize = 64 }, Card);
        step.ImagesPerSecond!.Value.Value.Should().BeApproximately(f.SequencesPerSecond.Value.Value, 0.5);
    }

    [Fact]
    public void Training_pictures_takes_longer_and_larger_batches_are_no_slower_each()
    {
        VisionForecast Of(int batch, bool trains) => VisionForecaster.Default.Forecast(
            new() { Model = VisionModel.Of(Model("ViT-B/16")), BatchSize = batch, Trains = trains }, Card);
        Of(32, true).StepTime!.Value.Value.Should().BeGreaterThan(2 * Of(32, false).StepTime!.Value.Value);
        Of(256, false).ImagesPerSecond!.Value.Value.Should().BeGreaterThanOrEqualTo(Of(1, false).ImagesPerSecond!.Value.Value);
        FluentActions.Invoking(() => Of(0, false)).Should().Throw<DeepGpuArgumentException>();
    }

    [Theory]
    [InlineData(InferenceEngine.PyTorch)]
    [InlineData(InferenceEngine.OnnxRuntime)]
    [InlineData(InferenceEngine.FasterTransformer)]
    public void An_encoders_pass_is_forecast_and_lies_within_what_is_told_where_the_engine_is_not_known(InferenceEngine engine)
    {
        var request = new InferenceRequest
        {
            Model = Model("BERT-base"),
            Sequences = 8,
            PromptTokens = 384,
            NewTokens = 0,
            Weights = WeightFormat.Float16
        };
        var (unknown, known) = (Forecast(request), Forecast(request with { Engine = engine }));
        known.SequencesPerSecond!.Value.Low.Should().BeGreaterThanOrEqualTo(unknown.SequencesPerSecond!.Value.Low);
        known.SequencesPerSecond.Value.High.Should().BeLessThanOrEqualTo(unknown.SequencesPerSecond.Value.High);
        unknown.Notes.Should().ContainSingle().Which.Should().StartWith("The engine is not known");
        known.Notes.Should().BeEmpty();
        Forecast(request with { Sequences = 16, Engine = engine }).TotalTime!.Value.Value.Should()
            .BeGreaterThan(known.TotalTime!.Value.Value);
    }

    /// <summary>Scores that a kernel keeps are written and read: the time that unfused attention takes more grows with the square of the
    /// length.</summary>
    [Fact]
    public void Unfused_attention_takes_time_that_grows_with_the_square_of_the_length()
    {
        double Seconds(int length, bool fused) => Forecast(new()
        {
            Model = Model("BERT-large"),
            Sequences = 64,
            PromptTokens = length,
            NewTokens = 0,
            Weights = WeightFormat.Float16,
            Engine = InferenceEngine.PyTorch,
            FlashAttention = fused
        })
            .TotalTime!.Value.Value.TotalSeconds;
        double Scores(int length) => Seconds(length, false) - Seconds(length, true);
        (Scores(512) / Scores(256)).Should().BeApproximately(4, 0.1);
    }
}
