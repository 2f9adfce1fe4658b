using System.Text.Json;
using DeepGpu.Formats;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Real networks trained by others, against what they yield in their own frameworks.</summary>
public class PretrainedNetworkTests
{
    private const double Relative = 1e-3;

    /// <summary>For features up to 416 that nearly cancel. In float64, 17 of the published 346112 are wrong by more than 1e-3 of
    /// themselves, by 8.3e-5 beyond it at most; torch's own float32 by 7.2e-5, ours by 6.0e-5.</summary>
    private const double Float32Rounding = 1e-4;

    private static readonly ImagePreprocessing Caffe227 = ImagePreprocessing.Caffe with { Size = 227 };
    private static readonly ImagePreprocessing Torch256 = ImagePreprocessing.Torch with { ShortSide = 256 };

    [Theory]
    [InlineData("squeezenet1_1.zip.pth")]
    [InlineData("squeezenet1_1.legacy.pth")]
    [InlineData("squeezenet1_1.safetensors")]
    public void SqueezeNet_yields_its_published_scores_from_every_torch_file(string file)
    {
        using var model = SqueezeNet(file);
        ShouldEqual(model.Predict(ChannelsLast(Npy("squeezenet1_1", "probe_input_4x3x227x227_f32.npy"))),
            Npy("squeezenet1_1", "probe_scores_4x1000_f32.npy"));
    }

    [Fact]
    public void SqueezeNet_names_the_photos_as_published()
    {
        using var model = SqueezeNet("squeezenet1_1.safetensors");
        ShouldNamePhotos(model, Caffe227, "squeezenet1_1");
    }

    [Fact]
    public void SqueezeNet_of_Keras_yields_its_published_features()
    {
        using var model = FloorPooled.ToModel(Device.Cpu);
        var report = model.LoadWeights(ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1_keras_notop.h5"));
        report.Loaded.Should().HaveCount(50);
        var features = model.Predict(ChannelsLast(Npy("squeezenet1_1", "probe_input_4x3x227x227_f32.npy")));
        ShouldEqual(features, ChannelsLast(Npy("squeezenet1_1", "probe_features_floorpool_4x512x13x13_f32.npy")), Float32Rounding);
    }

    [Theory]
    [InlineData(WeightMatching.ByName)]
    [InlineData(WeightMatching.ByOrder)]
    public void MobileNet_yields_its_published_logits_from_a_training_checkpoint(WeightMatching matching)
    {
        using var model = MobileNet(matching);
        ShouldEqual(model.Predict(ChannelsLast(Npy("mobilenet_v1_025", "probe_input_4x3x224x224_f32.npy"))),
            Npy("mobilenet_v1_025", "probe_logits_4x1000_f32.npy"));
    }

    [Fact]
    public void MobileNet_names_the_photos_as_published()
    {
        using var model = MobileNet(WeightMatching.ByName);
        ShouldNamePhotos(model, Torch256, "mobilenet_v1_025");
    }

    [Fact]
    public void LeNet_of_Keras_2_classifies_Fashion_MNIST_as_published()
    {
        var folder = ReferenceData.Path("data", "weights", "keras_lenet");
        using var model = ModelSpec.FromJson(File.ReadAllText(Path.Combine(folder, "modelConfig.json"))).ToModel(Device.Cpu);
        model.LoadWeights(Path.Combine(folder, "mnist_weights_only.h5"));
        var test = Datasets.FashionMnist().Test.Take(2000);
        var outputs = model.Predict(test.Inputs[0], 256).ToArray<float>();
        float[] first = [11.18724f, 0.49509f, 4.17599f, 3.95739f, 1.21491f, -5.49231f, 8.05225f, -5.49001f, -0.23693f, -11.26645f];
        outputs.Take(10).Zip(first).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < Relative * Math.Abs(pair.Second));
        var right = outputs.Chunk(10).Zip(test.Targets[0].ToArray<byte>())
            .Count(row => Array.IndexOf(row.First, row.First.Max()) == row.Second);
        (right / 2000.0).Should().BeApproximately(0.869, 0.0005);
    }

    /// <summary>SqueezeNet 1.1 without top as Keras has it: windows that would hang over the end are left out.</summary>
    private static ModelSpec FloorPooled
    {
        get
        {
            var image = Functional.Input(227, 227, 3);
            var x = image.Conv2D(64, 3, Activation.Relu, strides: 2, name: "conv1").MaxPooling2D(3, strides: 2);
            int[] squeezed = [16, 16, 0, 32, 32, 0, 48, 48, 64, 64];
            foreach (var filters in squeezed)
            {
                if (filters == 0)
                {
                    x = x.MaxPooling2D(3, strides: 2);
                    continue;
                }

                x = x.Conv2D(filters, 1, Activation.Relu);
                x = x.Conv2D(4 * filters, 1, Activation.Relu)
                    .Apply(new Concatenate(), x.Conv2D(4 * filters, 3, Activation.Relu, padding: Padding.Same));
            }

            return Functional.Model([image], [x], "squeezenet_floor");
        }
    }

    private static ModelSpec MobileNetSpec
    {
        get
        {
            var image = Functional.Input(224, 224, 3);
            var x = Conv(image, "stage1.0", 8);
            (string Stage, int Filters, int Stride)[] blocks =
            [
                ("stage1.1", 16, 1), ("stage1.2", 32, 2), ("stage1.3", 32, 1), ("stage1.4", 64, 2), ("stage1.5", 64, 1),
                ("stage2.0", 128, 2), ("stage2.1", 128, 1), ("stage2.2", 128, 1), ("stage2.3", 128, 1),
                ("stage2.4", 128, 1), ("stage2.5", 128, 1),
                ("stage3.0", 256, 2), ("stage3.1", 256, 1),
            ];
            foreach (var (stage, filters, stride) in blocks) x = Block(x, stage, filters, stride);
            return Functional.Model([image], [x.GlobalAveragePooling2D().Dense(1000, name: "fc")], "mobilenet");
        }
    }

    private static SymbolicTensor Conv(SymbolicTensor x, string path, int filters)
        => Norm(x.ZeroPadding2D(1).Conv2D(filters, 3, strides: 2, useBias: false, name: $"{path}.0"), $"{path}.1");

    private static SymbolicTensor Block(SymbolicTensor x, string path, int filters, int stride)
    {
        x = Norm(x.ZeroPadding2D(1).DepthwiseConv2D(3, strides: stride, useBias: false, name: $"{path}.0"), $"{path}.1");
        return Norm(x.Conv2D(filters, 1, useBias: false, name: $"{path}.3"), $"{path}.4");
    }

    private static SymbolicTensor Norm(SymbolicTensor x, string name)
        => x.BatchNormalization(epsilon: 1e-5, name: name).Apply(new LeakyReLU { NegativeSlope = 0.1 });

    private static Model MobileNet(WeightMatching matching)
    {
        var model = MobileNetSpec.ToModel(Device.Cpu);
        var report = model.LoadWeights(ReferenceData.Path("data", "weights", "mobilenet_v1_025", "mobilenetV1X0.25_pretrain.tar"),
            new() { Matching = matching });
        report.IsComplete.Should().BeTrue();
        report.Ignored.Should().NotBeEmpty("the checkpoint holds an optimizer and counters");
        return model;
    }

    private static Model SqueezeNet(string file)
    {
        var model = TorchVision.SqueezeNet11(new() { InputShape = [227, 227, 3] }).ToModel(Device.Cpu);
        model.LoadWeights(ReferenceData.Path("data", "weights", "squeezenet1_1", file)).IsComplete.Should().BeTrue();
        return model;
    }

    /// <summary>The five best classes of every photo in their order, from the JPEG on: decoded, resized and scaled here.</summary>
    private static void ShouldNamePhotos(Model model, ImagePreprocessing preprocessing, string folder)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Path("data", "weights", folder, "expected.json")));
        var photos = expected.RootElement.GetProperty("images").EnumerateObject().ToList();
        var root = ReferenceData.Path("data", "imagenet", "photos");
        var outputs = model.Predict(preprocessing.Read([.. photos.Select(photo => Path.Combine(root, photo.Name))]))
            .ToArray<float>().Chunk(1000).ToList();
        photos.Should().HaveCount(40);
        foreach (var (photo, scores) in photos.Zip(outputs))
        {
            var best = scores.Index().OrderByDescending(item => item.Item).Take(5).Select(item => item.Index);
            best.Should().Equal(photo.Value.GetProperty("top5").EnumerateArray().Select(n => n.GetInt32()), photo.Name);
        }
    }

    /// <summary>Element by element, relative to the element.</summary>
    private static void ShouldEqual(NDArray actual, NDArray expected, double absolute = 0)
    {
        actual.Shape.Should().Equal(expected.Shape);
        actual.ToArray<float>().Zip(expected.ToArray<float>())
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= absolute + Relative * Math.Abs(pair.Second));
    }

    private static NDArray Npy(string folder, string file)
    {
        using var npy = NpyFile.Open(ReferenceData.Path("data", "weights", folder, file));
        return npy.Read(npy.Tensors[0]);
    }

    /// <summary>(batch, channels, height, width) as (batch, height, width, channels).</summary>
    private static NDArray ChannelsLast(NDArray array)
    {
        var (batch, channels, height, width) = (array.Shape[0], array.Shape[1], array.Shape[2], array.Shape[3]);
        var (values, plane) = (array.ToArray<float>(), height * width);
        var result = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            result[(i / (channels * plane) * plane + i % plane) * channels + i / plane % channels] = values[i];
        return NDArray.From<float>(result, batch, height, width, channels);
    }
}
