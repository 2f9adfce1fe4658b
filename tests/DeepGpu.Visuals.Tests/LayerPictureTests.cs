using DeepGpu.Models;
using DeepGpu.Visuals.Layers;
using TorchSharp;

namespace DeepGpu.Visuals.Tests;

/// <summary>What pictures of layers show, against plain loops.</summary>
public class LayerPictureTests
{
    private static readonly NDArray Images = Datasets.GeneratedDigits(5, 1, seed: 2).Train.Input;

    [Fact]
    public void A_layers_outputs_are_those_of_the_model_cut_there()
    {
        using var model = Cnn(seed: 4);
        using var head = Sequential.Input(28, 28, 1).Conv2D(3, 5, Activation.Relu, name: "conv").Build().ToModel(Device.Cpu, seed: 4);
        foreach (var (to, from) in head.Weights.Zip(model.Weights)) to.Load(from.ToArray());
        ShouldAgree(model.LayerOutputs([Images], "conv")[0], head.Predict(Images));
        ShouldAgree(model.LayerOutputs([Images], "dense")[0], model.Predict(Images));
        FluentActions.Invoking(() => model.LayerOutputs([Images], "conv9")).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*conv, *dense*conv9*");
    }

    /// <summary>Predict sums in another order than the layers of torch, whose outputs are looked at.</summary>
    private static void ShouldAgree(NDArray layer, NDArray predicted)
    {
        layer.TypeAndShape.Should().Be(predicted.TypeAndShape);
        foreach (var (one, other) in layer.ToArray<float>().Zip(predicted.ToArray<float>())) one.Should().BeApproximately(other, 1e-5f);
    }

    [Fact]
    public void Grad_cam_is_the_maps_weighed_by_the_mean_gradient_of_the_logit()
    {
        using var model = Cnn(seed: 4);
        int[] classes = [1, 0, 2, 2, 1];
        var heat = model.GradCam(Images, classes);
        heat.Shape.Should().Equal(5, 24, 24);
        var maps = model.LayerOutputs([Images], "conv")[0].AsSpan<float>().ToArray();
        var kernel = model.Weights.Single(weight => weight.Name == "dense/kernel").ToArray().ToArray<float>();
        // Mean pooling and Dense: the gradient by a place is the kernel over the number of places, everywhere alike.
        for (var image = 0; image < 5; image++)
        {
            var expected = new double[24 * 24];
            for (var place = 0; place < expected.Length; place++)
                for (var channel = 0; channel < 3; channel++)
                    expected[place] += maps[(image * 576 + place) * 3 + channel] * kernel[channel * 3 + classes[image]] / 576;
            for (var place = 0; place < expected.Length; place++) expected[place] = Math.Max(0, expected[place]);
            var largest = expected.Max();
            for (var place = 0; place < expected.Length; place++)
                heat.AsSpan<float>()[image * 576 + place].Should().BeApproximately(
                    (float)(largest > 0 ? expected[place] / largest : 0), 2e-5f);
        }
    }

    [Fact]
    public void Without_classes_the_most_likely_is_looked_at_and_no_tensor_stays()
    {
        using var model = Cnn(seed: 4);
        var scores = model.Predict(Images).ToArray<float>();
        int[] likely = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 3).MaxBy(c => scores[3 * i + c]))];
        var expected = model.GradCam(Images, likely).ToArray<float>();
        var before = torch.Tensor.TotalCount;
        model.GradCam(Images).ToArray<float>().Should().Equal(expected);
        torch.Tensor.TotalCount.Should().Be(before);
        model.Weights.Should().OnlyContain(weight => ReferenceEquals(weight.Tensor.grad, null));
        FluentActions.Invoking(() => model.GradCam(Images, [1, 2])).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => model.GradCam(Images, [0, 1, 2, 3, 0])).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*0 to 2*3*");
        FluentActions.Invoking(() => model.GradCam(Images, layer: "dense")).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*dense*");
    }

    [Fact]
    public void A_filter_of_three_channels_is_in_colour_and_stretched()
    {
        var kernel = NDArray.From<float>([.. Enumerable.Range(0, 2 * 2 * 3 * 2).Select(i => (float)i)], 2, 2, 3, 2);
        var tiles = MapTiles.OfKernel(kernel, most: 9);
        tiles.Should().HaveCount(2);
        for (var i = 0; i < 12; i++) tiles[1].Rgba[4 * (i / 3) + i % 3].Should().Be(ImageTile.Level(i / 11.0));
    }

    [Fact]
    public void Attention_is_dark_where_it_is_much()
    {
        var tiles = MapTiles.OfAttention(NDArray.From<float>([0, 1, 0.25f, 0.75f, 1, 0], 1, 1, 2, 3));
        (tiles[0].Width, tiles[0].Height).Should().Be((3, 2));
        tiles[0].Rgba.Where((_, i) => i % 4 == 0).Should().Equal(255, 0, 191, 64, 0, 255);
    }

    [Fact]
    public void A_wrong_guess_says_the_truth()
    {
        var guesses = Guess.Of(NDArray.From<float>([0.1f, 0.9f, 0.7f, 0.3f], 2, 2), ["cat", "dog"], NDArray.From<int>([1, 1], 2)).ToList();
        guesses.Select(guess => (guess.Text, guess.IsWrong)).Should().Equal(("dog 90%", false), ("cat 70%, is dog", true));
        Guess.Of(NDArray.From<float>([0.2f], 1, 1), ["no", "yes"]).Single().Text.Should().Be("no 80%");
        FluentActions.Invoking(() => LayerPictures.Predictions(Images, NDArray.Zeros(DataType.Float32, 4, 3))).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("*5 rows*");
    }

    private static Model Cnn(int seed) => Sequential.Input(28, 28, 1).Conv2D(3, 5, Activation.Relu, name: "conv")
        .GlobalAveragePooling2D().Dense(3, Activation.Softmax).Build().ToModel(Device.Cpu, seed);
}
