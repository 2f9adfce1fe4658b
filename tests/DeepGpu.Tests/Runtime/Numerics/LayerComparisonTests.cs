using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using TorchSharp;

namespace DeepGpu.Tests.Runtime;

public class LayerComparisonTests
{
    /// <summary>Layers that compute nothing an engine could get wrong by itself, or that draw random numbers.</summary>
    private static readonly HashSet<string> Elsewhere =
    [
        "Masking", "IdentityLayer", "NotEqual", "Any", "TensorFunction", "ActivationLayer", "ReLU", "LeakyReLU", "ELU",
        "Embedding", "Flatten",
        "Reshape", "Permute", "RepeatVector",
        "Cropping1D", "Cropping2D", "Cropping3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "Rescaling",
        "Normalization", "Discretization", "Resizing",
        "CenterCrop", "CategoryEncoding", "IntegerLookup", "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
        "GaussianNoise", "GaussianDropout",
        "AlphaDropout", "StochasticDepth", "ActivityRegularization", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum",
        "Concatenate", "StackedRNNCells", "SinePositionEncoding", "PositionEmbedding",
        "TokenAndPositionEmbedding", "AlibiBias",
        "RandomCrop", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness",
        "RandomShear", "RandomColorDegeneration", "RandomSharpness", "RandomPosterization", "Solarization", "AutoContrast",
        "Equalization", "RandAugment", "AugMix",
        "RandomErasing", "NestedModel", "Hashing", "HashedCrossing", "STFTSpectrogram", "MelSpectrogram", "ConvLSTMCell",
    ];

    [Fact]
    public void Every_layer_computes_in_single_precision_what_it_computes_in_double()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var rows = EngineNumbers.Compare();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        rows.Should().HaveCountGreaterThan(60).And.OnlyContain(row => row.IsRight && row.Gradients != null);
        rows.Max(row => row.Gradients).Should().BeInRange(1e-8, 1e-5, "single precision rounds");
    }

    [Fact]
    public void Every_kind_of_layer_is_compared_or_named_as_one_that_need_not_be()
    {
        var compared = LayerSamples.All.Select(sample => sample.Layer.GetType().Name).ToHashSet();
        var known = typeof(Layer).Assembly.GetTypes().Where(type => LoweringTable.Default.Contains(type)).ToList();
        known.Where(type => !ReferenceTable.Contains(type)).Select(type => type.Name).Except(compared).Except(Elsewhere).Should()
            .BeEmpty("a layer without plain loops of its own is compared, or named above");
        Elsewhere.Except(known.Select(type => type.Name)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0, 0, 2e-4)]
    public void A_difference_that_is_no_rounding_is_wrong(double prediction, double training, double gradients)
        => new LayerNumbers("LSTM") { Prediction = prediction, Training = training, Gradients = gradients }.IsRight.Should().BeFalse();

    [Fact]
    public void A_number_that_is_not_finite_is_an_infinite_error()
    {
        using var nan = torch.tensor([1f, float.NaN]);
        using var exact = torch.tensor([1d, 1d]);
        EngineProbe.Error(nan, exact).Should().Be(double.PositiveInfinity);
        EngineProbe.Error(exact * 3, exact * 4).Should().BeApproximately(0.25, 1e-12);
    }
}
