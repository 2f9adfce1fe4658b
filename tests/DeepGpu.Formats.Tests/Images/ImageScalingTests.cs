namespace DeepGpu.Formats.Tests.Images;

public class ImageScalingTests
{
    [Fact]
    public void Shrinking_averages_over_all_pixels_a_new_one_covers()
    {
        var image = Grey(2, 4, [0, 100, 200, 40, 0, 100, 200, 40]);
        ImageScaling.Bilinear(image, 1, 2).ToArray<byte>().Should().Equal(71, 71, 71, 117, 117, 117);
    }

    [Fact]
    public void Enlarging_interpolates_between_pixel_centres()
        => ImageScaling.Bilinear(Grey(1, 2, [0, 100]), 1, 4).ToArray<byte>().Where((_, i) => i % 3 == 0).Should().Equal(0, 25, 75, 100);

    [Fact]
    public void The_same_size_changes_nothing()
    {
        var image = NDArray.From<byte>([.. Enumerable.Range(0, 60).Select(i => (byte)(i * 4))], 4, 5, 3);
        ImageScaling.Bilinear(image, 4, 5).ToArray<byte>().Should().Equal(image.ToArray<byte>());
    }

    [Fact]
    public void The_short_side_gets_the_length_and_the_middle_is_cut_out()
    {
        var tall = ImageScaling.ShortSide(Grey(30, 20, new byte[600]), 10);
        tall.Shape.Should().Equal(15, 10, 3);
        ImageScaling.CenterCrop(tall, 10, 10).Shape.Should().Equal(10, 10, 3);
        ImageScaling.CenterCrop(Grey(1, 3, [1, 2, 3]), 1, 1).ToArray<byte>()[0].Should().Be(2);
        ImageScaling.CenterCrop(Grey(1, 1, [9]), 3, 3).ToArray<byte>().Where((_, i) => i % 3 == 0)
            .Should().Equal(0, 0, 0, 0, 9, 0, 0, 0, 0);
    }

    [Fact]
    public void Other_arrays_and_lengths_are_refused()
    {
        FluentActions.Invoking(() => ImageScaling.Bilinear(NDArray.From<float>([1, 2, 3], 1, 1, 3), 2, 2))
            .Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => ImageScaling.Bilinear(Grey(1, 1, [1]), 0, 2)).Should().Throw<DeepGpuArgumentException>();
    }

    private static NDArray Grey(int height, int width, byte[] values)
        => NDArray.From<byte>([.. values.SelectMany(value => new[] { value, value, value })], height, width, 3);
}
