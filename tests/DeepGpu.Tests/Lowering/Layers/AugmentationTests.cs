using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

public class AugmentationTests
{
    private static readonly float[] Pixels = [.. Enumerable.Range(0, 25).Select(i => (float)i)];

    public static TheoryData<Layer> Layers => [.. All()];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_change_images_only_while_training_and_the_seed_decides(Layer layer)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Sequential.Input(6, 6, 3).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        var images = torch.rand(8, 6, 6, 3) * 200;
        torch.Tensor Run(ForwardContext context) => model.Graph.Run([new(images)], context)[0].Tensor;
        torch.Tensor Train(ulong seed) => Run(ForwardContext.Training(new torch.Generator(seed)));
        Run(ForwardContext.Inference).equal(images).all().item<bool>().Should().BeTrue();
        Train(1).equal(Train(1)).all().item<bool>().Should().BeTrue();
        Train(1).equal(Train(2)).all().item<bool>().Should().BeFalse();
        Train(1).equal(images).all().item<bool>().Should().BeFalse();
    }

    [Fact]
    public void A_quarter_turn_is_counter_clockwise()
        => Train(new RandomRotation((0.25, 0.25)))
            .Should().Equal([.. Enumerable.Range(0, 25).Select(i => (float)(i % 5 * 5 + 4 - i / 5))], (a, b) => Math.Abs(a - b) < 1e-3);

    [Fact]
    public void A_shift_down_repeats_reflects_wraps_or_fills()
    {
        float[] Column(FillMode mode)
            => [.. Train(new RandomTranslation((0.4, 0.4), 0) { FillMode = mode, FillValue = 7 }).Where((_, i) => i % 5 == 0)];
        Column(FillMode.Nearest).Should().Equal(0, 0, 0, 5, 10);
        Column(FillMode.Reflect).Should().Equal(5, 0, 0, 5, 10);
        Column(FillMode.Wrap).Should().Equal(15, 20, 0, 5, 10);
        Column(FillMode.Constant).Should().Equal(7, 7, 0, 5, 10);
    }

    [Fact]
    public void Zooming_out_shows_more_around_the_middle()
    {
        var zoomed = Train(new RandomZoom((1, 1)) { FillMode = FillMode.Constant, FillValue = -1 });
        zoomed[12].Should().Be(12);
        zoomed[0].Should().Be(-1);
        zoomed[13].Should().Be(14);
    }

    [Fact]
    public void Brightness_and_contrast_follow_their_formulas_and_stay_in_range()
    {
        Train(new RandomBrightness((0.5, 0.5)) { ValueRange = [0, 30] }).Should().Equal([.. Pixels.Select(p => Math.Min(p + 15, 30))]);
        Train(new RandomContrast((0.5, 1)) { ValueRange = [0, 24] }).Should().OnlyContain(v => v >= 0 && v <= 24);
    }

    [Fact]
    public void Erasing_fills_one_rectangle()
    {
        var erased = Train(new RandomErasing { Factor = new(1, 1), Scale = new(0.16, 0.17), FillValue = 99 });
        erased.Count(p => p == 99).Should().BeOneOf(4, 6, 9);
        erased.Where((p, i) => p != 99 && p != i).Should().BeEmpty();
    }

    [Fact]
    public void A_crop_while_training_is_a_window_of_the_image()
    {
        var window = Train(new RandomCrop(2, 3));
        (window[1] - window[0], window[3] - window[0]).Should().Be((1f, 5f));
    }

    [Fact]
    public void Factors_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new RandomRotation(2)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomContrast((-0.5, 0.2))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomZoom((0.5, 0.2))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomBrightness(0.1) { ValueRange = [1, 0] }).Should().Throw<DeepGpuArgumentException>();
        new RandomContrast(0.3).Factor.Should().Be(new FactorRange(0, 0.3));
    }

    [Fact]
    public void Configs_of_Keras_are_read()
    {
        const string Json = """{"class_name": "RandomZoom", "config": {"height_factor": [-0.2,"""
            + """ 0.3], "width_factor": null, "fill_mode": "nearest", "interpolation": "bilinear", "seed": 3, "fill_value": 0.0,"""
            + """ "data_format": "channels_last", "name": "z"}}""";
        LayerJson.Read(System.Text.Json.Nodes.JsonNode.Parse(Json))
            .Should().Be(new RandomZoom((-0.2, 0.3)) { Name = "z", FillMode = FillMode.Nearest });
    }

    private static IEnumerable<Layer> All() =>
    [
        new RandomFlip(), new RandomRotation(0.3), new RandomZoom(0.4), new RandomZoom(0.3, 0.2), new RandomTranslation(0.3, 0.3),
        new RandomContrast(0.8), new RandomBrightness(0.5), new RandomErasing { Factor = new(1, 1), Scale = new(0.2, 0.5) },
        new RandomShear(0.4, 0.2), new RandomColorDegeneration(0.8), new RandomSharpness(1), new RandomPosterization((2, 7)),
        new Solarization { ThresholdFactor = 0.6 }, new RandAugment { NumOps = 4 }, new AugMix(),
    ];

    private static float[] Train(Layer layer)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Sequential.Input(5, 5, 1).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        var output = model.Graph.Run([new(torch.tensor(Pixels).reshape(1, 5, 5, 1))], ForwardContext.Training(new torch.Generator(3)));
        return output[0].Tensor.contiguous().data<float>().ToArray();
    }
}
