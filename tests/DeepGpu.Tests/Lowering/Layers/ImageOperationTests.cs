using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>Operations on images against plain loops in double precision, their factors fixed.</summary>
public class ImageOperationTests
{
    private const int Batch = 2, Height = 5, Width = 7;

    private delegate double Pixel(int image, int row, int column, int channel);

    public static TheoryData<double, double, int, DataFormat> Kinds => new()
    {
        { 0, 255, 3, DataFormat.ChannelsLast }, { 0, 1, 3, DataFormat.ChannelsFirst }, { 20, 200, 1, DataFormat.ChannelsLast },
        { -1, 1, 1, DataFormat.ChannelsFirst },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Colours_fade_towards_grey(double least, double most, int channels, DataFormat format)
        => Check(new RandomColorDegeneration((0.3, 0.3)), least, most, channels, format, x => (b, i, j, c) =>
        {
            var grey = channels == 1 ? x(b, i, j, 0) : 0.2989 * x(b, i, j, 0) + 0.587 * x(b, i, j, 1) + 0.114 * x(b, i, j, 2);
            return x(b, i, j, c) + 0.3 * (grey - x(b, i, j, c));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sharpness_weighs_a_pixel_against_its_neighbours(double least, double most, int channels, DataFormat format)
    {
        foreach (var factor in new[] { 0.1, 0.5, 0.9 })
        {
            Check(new RandomSharpness((factor, factor)), least, most, channels, format, x => (b, i, j, c) =>
            {
                var sum = 4 * x(b, i, j, c);
                for (var row = Math.Max(0, i - 1); row <= Math.Min(Height - 1, i + 1); row++)
                    for (var column = Math.Max(0, j - 1); column <= Math.Min(Width - 1, j + 1); column++) sum += x(b, row, column, c);
                return x(b, i, j, c) + (1 - 2 * factor) * (sum / 13 - x(b, i, j, c));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Posterization_keeps_the_highest_bits(double least, double most, int channels, DataFormat format)
        => Check(new RandomPosterization((3, 3)), least, most, channels, format, x => (b, i, j, c)
            => least + ((int)((x(b, i, j, c) - least) / (most - least) * 255) & 0b1110_0000) / 255.0 * (most - least));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Solarization_adds_and_turns_over_what_reaches_the_threshold(double least, double most, int channels, DataFormat format)
        => Check(new Solarization { AdditionFactor = (0.1, 0.1), ThresholdFactor = (0.6, 0.6) }, least, most, channels, format,
            x => (b, i, j, c) =>
            {
                var added = Math.Min(x(b, i, j, c) + 0.1 * (most - least), most);
                return added < least + 0.6 * (most - least) ? added : least + most - added;
            });

    [Fact]
    public void Solarization_without_a_threshold_turns_over_every_value()
        => Run(new Solarization(), [0, 64, 127, 191, 255]).Should().Equal(255, 191, 128, 64, 0);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Auto_contrast_stretches_each_channel_of_each_image(double least, double most, int channels, DataFormat format)
        => Check(new AutoContrast(), least, most, channels, format, x => (b, i, j, c) =>
        {
            var values = Places().Select(at => x(b, at.Row, at.Column, c)).ToList();
            return least + (x(b, i, j, c) - values.Min()) / (values.Max() - values.Min()) * (most - least);
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equalization_spreads_the_values_of_each_channel(double least, double most, int channels, DataFormat format)
    {
        foreach (var bins in new[] { 256, 10 })
        {
            Check(new Equalization { Bins = bins }, least, most, channels, format, x => (b, i, j, c) =>
            {
                int Bin(double value) => (int)((value - least) / (most - least) * (bins - 1));
                var used = Enumerable.Range(0, Batch).SelectMany(image => Places().Select(at => Bin(x(image, at.Row, at.Column, c))))
                    .ToList();
                var first = used.Count(bin => bin == used.Min());
                var share = (used.Count(bin => bin <= Bin(x(b, i, j, c))) - first) * 255.0 / (used.Count - first);
                return least + Math.Round(share) / 255 * (most - least);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_shear_slants_from_the_top_left_corner(double least, double most, int channels, DataFormat format)
    {
        var layer = new RandomShear((0.4, 0.4), (0.25, 0.25)) { FillMode = FillMode.Nearest };
        var (x, values) = Images(least, most, channels);
        var actual = Changed(layer with { DataFormat = format }, values, channels, format);
        for (var b = 0; b < Batch; b++)
        {
            var errors = new[] { 1, -1 }.Select(sign => Largest(actual, channels, b,
                (_, i, j, c) => Between(x, b, i + sign * 0.25 * j, j + sign * 0.4 * i, c)));
            errors.Min().Should().BeLessThan(1e-5 * (most - least));
        }
    }

    [Fact]
    public void Half_of_the_images_are_slanted_to_each_side()
    {
        var images = Enumerable.Range(0, 400).SelectMany(_ => Enumerable.Range(0, 9).Select(i => (float)(i % 3))).ToArray();
        var output = Run(new RandomShear((0.5, 0.5)) { FillMode = FillMode.Nearest }, images, 400, 3, 3);
        Enumerable.Range(0, 400).Count(b => output[b * 9 + 4] == 1.5f).Should().BeInRange(160, 240);
        Enumerable.Range(0, 400).Count(b => output[b * 9 + 4] == 0.5f).Should().BeInRange(160, 240);
    }

    [Fact]
    public void The_bits_kept_lie_from_the_lower_bound_to_below_the_upper_one()
    {
        var output = Run(new RandomPosterization((2, 5)), [.. Enumerable.Repeat(255f, 300)], 300, 1, 1);
        output.Distinct().Order().Should().Equal(0b1100_0000, 0b1110_0000, 0b1111_0000);
        Run(new RandomPosterization(2), [.. Enumerable.Repeat(255f, 9)], 9, 1, 1).Should().OnlyContain(value => value == 0b1000_0000);
    }

    [Fact]
    public void Values_outside_the_range_count_as_its_ends()
    {
        Run(new RandomPosterization((8, 8)), [-300, 300, 77]).Should().Equal(0, 255, 77);
        Run(new Equalization { Bins = 4 }, [-300, 300, 100]).Should().Equal(0, 255, 128);
    }

    [Fact]
    public void Constant_images_stay_where_they_have_nothing_to_stretch_or_to_spread()
    {
        float[] images = [.. Enumerable.Repeat(77.3f, 20)];
        Run(new AutoContrast(), images).Should().Equal(images);
        Run(new Equalization(), images).Should().Equal(images);
        Run(new AutoContrast(), [5, 5, 1e-40f, 0], 2, 1, 2).Should().Equal(5, 5, 255, 0);
    }

    [Fact]
    public void Auto_contrast_alone_acts_while_predicting()
    {
        float[] images = [10, 20, 15, 10];
        Run(new AutoContrast(), images, isTraining: false).Should().Equal(0, 255, 127.5f, 0);
        ColorImageLayer[] others = [new Equalization(), new Solarization(), new RandomSharpness(0), new RandomPosterization(1),
            new RandomColorDegeneration((1, 1)), new RandAugment(), new AugMix()];
        foreach (var layer in others) Run(layer, images, isTraining: false).Should().Equal(images, layer.GetType().Name);
    }

    [Fact]
    public void Half_precision_computes_places_and_values_in_single_precision()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Sequential.Input(1, 301, 1).RandomTranslation(0, (1 / 301.0, 1 / 301.0), FillMode.Nearest).Build()
            .ToModel(Device.Cpu, seed: 1, PrecisionPolicy.MixedBFloat16);
        var x = (torch.arange(301) % 16).reshape(1, 1, 301, 1).to(torch.ScalarType.BFloat16);
        var output = model.Graph.Run([new(x)], ForwardContext.Training(new torch.Generator(3)))[0].Tensor.to(torch.ScalarType.Float32);
        var expected = Enumerable.Range(0, 301).Select(i => (float)(Math.Max(0, i - 1) % 16));
        output.contiguous().data<float>().ToArray().Should().Equal(expected, (a, b) => Math.Abs(a - b) < 0.07);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new RandomShear((0, 1.5))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomSharpness((-0.5, 0.2))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomColorDegeneration((0, 1.2))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomPosterization((0, 4))).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new RandomPosterization((1.5, 4))).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*whole numbers*1.5 to 4*");
        FluentActions.Invoking(() => new Solarization { ThresholdFactor = (0, 2) }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Equalization { Bins = 0 }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new AutoContrast { ValueRange = [1, 0] }).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => Sequential.Input(4, 4, 2).RandomColorDegeneration(0.5).Build()).Should().Throw<DeepGpuException>()
            .WithMessage("*1 channel or of 3*(batch, 4, 4, 2)*");
    }

    private static void Check(ColorImageLayer layer, double least, double most, int channels, DataFormat format,
        Func<Pixel, Pixel> expected)
    {
        var (x, values) = Images(least, most, channels);
        var actual = Changed(layer with { ValueRange = [least, most], DataFormat = format }, values, channels, format);
        var pixel = expected(x);
        for (var b = 0; b < Batch; b++)
            Largest(actual, channels, b, (_, i, j, c) => Math.Clamp(pixel(b, i, j, c), least, most))
                .Should().BeLessThan(2e-6 * (most - least));
        actual.Should().OnlyContain(value => value >= (float)least && value <= (float)most);
    }

    private static double Largest(float[] actual, int channels, int b, Pixel expected)
        => Places().SelectMany(at => Enumerable.Range(0, channels).Select(c => Math.Abs(
            actual[((b * Height + at.Row) * Width + at.Column) * channels + c] - expected(b, at.Row, at.Column, c)))).Max();

    private static IEnumerable<(int Row, int Column)> Places()
        => Enumerable.Range(0, Height).SelectMany(row => Enumerable.Range(0, Width).Select(column => (row, column)));

    /// <summary>Images whose channels use parts of the range; no value lies close to where one of 8 bits, or of 10 bins, begins.</summary>
    private static (Pixel Pixel, float[] Values) Images(double least, double most, int channels)
    {
        var random = new StableRandom(5);
        double[] all = [.. Enumerable.Range(0, Batch * Height * Width * channels)
            .Select(i => least + (most - least) * (random.NextInt(150 + 50 * (i % channels)) + 0.41) / 255)];
        float[] values = [.. all.Select(value => (float)value)];
        return ((b, i, j, c) => values[((b * Height + i) * Width + j) * channels + c], values);
    }

    /// <summary>Between pixels, the nearest ones beyond the edges.</summary>
    private static double Between(Pixel x, int b, double row, double column, int c)
    {
        var (top, left) = ((int)Math.Floor(row), (int)Math.Floor(column));
        double At(int i, int j) => x(b, Math.Clamp(i, 0, Height - 1), Math.Clamp(j, 0, Width - 1), c);
        var (down, right) = (row - top, column - left);
        return (1 - down) * ((1 - right) * At(top, left) + right * At(top, left + 1))
            + down * ((1 - right) * At(top + 1, left) + right * At(top + 1, left + 1));
    }

    private static float[] Changed(Layer layer, float[] values, int channels, DataFormat format)
    {
        using var scope = torch.NewDisposeScope();
        var isLast = format == DataFormat.ChannelsLast;
        int?[] shape = isLast ? [Height, Width, channels] : [channels, Height, Width];
        using var model = Sequential.Input(shape).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        var x = torch.tensor(values).reshape(Batch, Height, Width, channels);
        var output = model.Graph.Run([new(isLast ? x : x.permute(0, 3, 1, 2))], ForwardContext.Training(new torch.Generator(3)))[0].Tensor;
        return (isLast ? output : output.permute(0, 2, 3, 1)).contiguous().data<float>().ToArray();
    }

    private static float[] Run(Layer layer, float[] values, int images = 1, int height = 1, int? width = null, bool isTraining = true)
    {
        using var scope = torch.NewDisposeScope();
        var columns = width ?? values.Length / images / height;
        using var model = Sequential.Input(height, columns, 1).Apply(layer).Build().ToModel(Device.Cpu, seed: 1);
        var context = isTraining ? ForwardContext.Training(new torch.Generator(3)) : ForwardContext.Inference;
        var output = model.Graph.Run([new(torch.tensor(values).reshape(images, height, columns, 1))], context)[0].Tensor;
        return output.contiguous().data<float>().ToArray();
    }
}
