using DeepGpu.Models.Architectures;

namespace DeepGpu.Models.Tests.Applications;

public class PublishedWeightTests
{
    [Fact]
    public void Every_entry_names_an_https_file_a_hash_its_source_a_licence_and_an_accuracy()
    {
        PublishedWeightTable.All.Should().HaveCountGreaterThan(45);
        foreach (var file in PublishedWeightTable.All.Values.SelectMany(files => files))
        {
            file.Source.Scheme.Should().Be("https");
            file.HashSource.Scheme.Should().Be("https");
            file.Hash.Should().MatchRegex(file.HashKind switch
            {
                PublishedHashKind.Md5 => "^[0-9a-f]{32}$",
                PublishedHashKind.Sha256 => "^[0-9a-f]{64}$",
                _ => "^[0-9a-f]{8,10}$"
            });
            if (file.HashKind == PublishedHashKind.Sha256Prefix) file.FileName.Should().EndWith($"-{file.Hash}.pth");
            file.License.Should().BeOneOf("Apache-2.0", "BSD-3-Clause");
            if (file.Top1 is { } top1) top1.Should().BeInRange(50, 90, file.FileName);
        }
    }

    [Fact]
    public void Every_network_of_the_table_is_an_application_that_expects_photos_of_the_stated_size()
    {
        var found = Application().Where(item => item.Published() is not null).ToList();
        found.Should().HaveCount(PublishedWeightTable.All.Count);
        foreach (var application in found)
        {
            var spec = application.Build(new() { Weights = InitialWeights.ImageNet });
            spec.Weights.Should().Be(new WeightsPublished(application.Published()!));
            var size = spec.InputShape[1];
            if (size is { } length) application.Published()!.Preprocessing.Size.Should().Be(length, application.Name);
            application.Build(new() { IncludeTop = false, Weights = InitialWeights.ImageNet })
                .Freeze().Weights.Should().Be(new WeightsPublished(application.Published(includeTop: false)!));
        }
    }

    [Fact]
    public void Networks_without_a_published_hash_are_left_out()
        => Application().Where(item => item.Published() is null).Select(item => item.Name)
            .Should().BeEquivalentTo(["MobileNet", "MobileNetV2", .. Application().Where(item => item.Transformer is not null)
                .Select(item => item.Name)]);

    [Fact]
    public void ImageNets_weights_for_another_number_of_classes_or_without_a_file_are_refused()
    {
        FluentActions.Invoking(() => DeepGpu.Models.Applications.VGG16(new() { Classes = 10, Weights = InitialWeights.ImageNet }))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("ImageNet's weights "
            + "have a classifier of 1000 classes, but 10 are asked for. Set IncludeTop to false and add a classifier of your own.");
        FluentActions.Invoking(() => DeepGpu.Models.Applications.MobileNetV2(new() { Weights = InitialWeights.ImageNet }))
            .Should().Throw<DeepGpuArgumentException>().Which.Fault.Code.Should().Be("no_published_weights");
    }

    [Fact]
    public void Predictions_are_decoded_to_the_likeliest_names()
    {
        ImageNetClasses.Labels.Should().HaveCount(1000).And.NotContain("");
        ImageNetClasses.Labels[0].Should().Be("tench, Tinca tinca");
        ImageNetClasses.Labels[999].Should().StartWith("toilet tissue");
        var scores = new float[2000];
        (scores[281], scores[282], scores[1985]) = (3, 2, 5);
        var decoded = ImageNetClasses.Decode(NDArray.From<float>(scores, 2, 1000), top: 2);
        decoded[0].Select(prediction => (prediction.Index, prediction.Label, prediction.Score))
            .Should().Equal((281, "tabby, tabby cat", 3f), (282, "tiger cat", 2f));
        decoded[1][0].Label.Should().Be("daisy");
        FluentActions.Invoking(() => ImageNetClasses.Decode(NDArray.From<float>(new float[10], 1, 10)))
            .Should().Throw<DeepGpuArgumentException>();
    }

    private static List<Application> Application() => [.. DeepGpu.Models.Applications.All];
}
