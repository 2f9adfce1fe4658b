namespace DeepGpu.Models.Tests;

public class ShapeTests
{
    [Theory]
    [InlineData(28, 3, 1, Padding.Valid, 26)]
    [InlineData(28, 3, 2, Padding.Valid, 13)]
    [InlineData(28, 3, 2, Padding.Same, 14)]
    [InlineData(29, 3, 2, Padding.Same, 15)]
    [InlineData(5, 5, 3, Padding.Valid, 1)]
    [InlineData(2, 5, 1, Padding.Same, 2)]
    public void A_convolutions_output_follows_kernel_stride_and_padding(int length, int kernel, int stride, Padding padding, int expected)
        => new Conv2D(1, kernel) { Strides = stride, Padding = padding }.OutputShape(new(null, length, length, 3))
            .Should().Be(new Shape(null, expected, expected, 1));

    [Fact]
    public void Unknown_lengths_stay_unknown()
    {
        var spec = Sequential.Input(null, null, 3).Conv2D(8, 3).Build();
        spec.OutputShape.Should().Be(new Shape(null, null, null, 8));
        spec.OutputShape.ToString().Should().Be("(batch, height, width, 8)");
    }

    [Fact]
    public void Dense_works_on_the_last_axis_of_any_rank()
        => new Dense(4).OutputShape(new(null, null, 10)).ToString().Should().Be("(batch, time, 4)");

    [Theory]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("MaxPooling2D", "max_pooling2d")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("SimpleRNN", "simple_rnn")]
    [InlineData("LSTM", "lstm")]
    [InlineData("Conv2DTranspose", "conv2d_transpose")]
    [InlineData("BatchNormalization", "batch_normalization")]
    public void Names_follow_Kerass_snake_case(string type, string name) => LayerNames.SnakeCase(type).Should().Be(name);
}
