using DeepGpu.Downloads;
using DeepGpu.Numbers;

namespace DeepGpu.Tests.Data;

public class DatasetTests
{
    [Fact]
    public void Generated_digits_are_the_same_for_the_same_seed()
    {
        var (first, second, other) =
            (Datasets.GeneratedDigits(50, 1).Train, Datasets.GeneratedDigits(50, 1).Train, Datasets.GeneratedDigits(50, 1, seed: 1).Train);
        first.Input.Bytes.ToArray().Should().Equal(second.Input.Bytes.ToArray());
        first.Input.Bytes.ToArray().Should().NotEqual(other.Input.Bytes.ToArray());
    }

    [Fact]
    public void Random_numbers_are_those_of_SplitMix64()
    {
        var random = new StableRandom();
        new[] { random.NextBits(), random.NextBits() }.Should().Equal(0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL);
    }

    [Fact]
    public void Generated_digits_cover_every_class_with_ink()
    {
        var (train, test) = Datasets.GeneratedDigits(500, 100);
        train.Target.ToArray<int>().Distinct().Order().Should().Equal(Enumerable.Range(0, 10));
        train.Input.ToArray<float>().Should().OnlyContain(v => v >= 0 && v <= 1);
        train.Input.TypeAndShape.Should().Be("Float32 (500, 28, 28, 1)");
        test.Input.Slice(0, 1).Bytes.ToArray().Should().NotEqual(train.Input.Slice(0, 1).Bytes.ToArray());
    }

    [Fact]
    public void One_hot_rows_mark_the_class()
        => Dataset.FromArrays(NDArray.From<float>([0, 0], 2, 1), NDArray.From<byte>([2, 0], 2)).OneHot(3)
            .Target.ToArray<float>().Should().Equal(0, 0, 1, 1, 0, 0);

    [Fact]
    public void A_download_that_cannot_be_reached_says_where_the_file_may_be_put()
    {
        var path = Path.Combine(Path.GetTempPath(), $"deepgpu-{Guid.NewGuid():N}", "x.gz");
        FluentActions.Invoking(() => Download.Fetch(new("https://127.0.0.1:1/x.gz"), path, PublishedHash.Md5("0")))
            .Should().Throw<DownloadException>()
            .WithMessage("https://127.0.0.1:1/x.gz is needed, but cannot be fetched: * Connect to the network, or put the file into "
                + $"{Path.GetDirectoryName(path)}.");
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().BeEmpty();
        Directory.Delete(Path.GetDirectoryName(path)!);
    }
}
