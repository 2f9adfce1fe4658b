using Pictures;

namespace DeepGpu.Visuals.Tests;

/// <summary>Every kind of picture, drawn from real forecasts and a real training: it has its size, ink, its labels, and nothing is cut off
/// at its edges.</summary>
public sealed class GalleryTests : IClassFixture<GalleryTests.Training>
{
    private static readonly Dictionary<string, string[]> Labels = new()
    {
        ["roofline"] = ["resnet50", "floating-point operations for each byte moved", "operations a second, forecast", "50 TFLOPS"],
        ["memory"] = ["memory at the peak of a step", "GiB", "activations", "memory of the card", "resnet50, GeForce RTX 5070"],
        ["time-energy-price"] = ["price of the card", "time of the run", "energy of the run", "$1000", "1 h",
            "none is cheaper and faster"],
        ["scores"] = ["cnn: score by card", "score of 100", "GeForce RTX 5090"],
        ["model"] = ["tower", "shared: call 1 of 2", "shared: call 2 of 2", "(batch, 24, 24, 8)", "18,656 parameters", "concatenate"],
        ["learning-curve"] = ["loss", "epoch", "training", "validation"],
        ["accuracy"] = ["accuracy", "epoch", "training", "validation"],
        ["confusion-matrix"] = ["predicted", "target", "9"],
        ["roc"] = ["false positive rate", "true positive rate", "0.4"],
        ["precision-recall"] = ["recall", "precision"],
        ["learning-rates"] = ["learning rate", "loss", "0.001", "loss, smoothed"],
    };

    private readonly Training _training;

    public GalleryTests(Training training) => _training = training;

    public static TheoryData<string> Names => [.. Labels.Keys];

    [Fact]
    public void Every_picture_of_the_sample_is_looked_at_here() => _training.All.Keys.Should().BeEquivalentTo(Labels.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_its_size_ink_labels_and_white_edges(string name)
    {
        var picture = _training.All[name]();
        var pixels = Drawn.Pixels(picture);
        pixels.Shape.Should().Equal(picture.Height, picture.Width, 3);
        Drawn.Ink(pixels).Should().BeInRange(0.005, 0.9);
        Drawn.HasWhiteEdge(pixels).Should().BeTrue();
        Drawn.Texts(picture).Should().Contain(Labels[name]);
    }

    /// <summary>One training for all pictures of it.</summary>
    public sealed class Training : IDisposable
    {
        private readonly DigitTraining _digits = new();

        public Dictionary<string, Func<Picture>> All
            => new(CardPictures.All.Concat(ModelPictures.All).Concat(_digits.All));

        public void Dispose() => _digits.Dispose();
    }
}
