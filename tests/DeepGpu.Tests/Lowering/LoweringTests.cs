using DeepGpu.Models;
using DeepGpu.Numbers;
using DeepGpu.Tests.Layers;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Lowering;

public class LoweringTests
{
    [Theory]
    [InlineData(5, 3, 1, Padding.Valid)]
    [InlineData(6, 3, 2, Padding.Same)]
    [InlineData(7, 4, 3, Padding.Same)]
    public void A_convolution_follows_the_definition(int length, int kernel, int stride, Padding padding)
    {
        var layer = new Conv2D(2, kernel)
        {
            Strides = stride,
            Padding = padding,
            KernelInitializer = Initializer.GlorotUniform,
            BiasInitializer = new Constant(0.5)
        };
        using var model = Sequential.Input(length, length, 3).Apply(layer).Build().ToModel(Device.Cpu, seed: 3);
        var x = Random(1, length, length, 3);
        var y = model.Predict(x);
        var expected = Convolve(x, model.Weights[0].ToArray(), bias: 0.5f, stride, padding, y.Shape[1]);
        y.ToArray<float>().Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
    }

    [Fact]
    public void Pooling_with_padding_same_ignores_the_border()
    {
        using var model = Sequential.Input(3, 3, 1).MaxPooling2D(2, padding: Padding.Same).Build().ToModel(Device.Cpu);
        model.Predict(NDArray.From<float>([-9, -8, -7, -6, -5, -4, -3, -2, -1], 1, 3, 3, 1))
            .ToArray<float>().Should().Equal(-5, -4, -2, -1);
    }

    [Fact]
    public void Flatten_keeps_Kerass_row_major_order()
    {
        using var model = Sequential.Input(2, 2, 2).Flatten().Build().ToModel(Device.Cpu);
        model.Predict(NDArray.From<float>([1, 2, 3, 4, 5, 6, 7, 8], 1, 2, 2, 2)).ToArray<float>().Should().Equal(1, 2, 3, 4, 5, 6, 7, 8);
    }

    [Fact]
    public void Dropout_does_nothing_when_predicting_and_keeps_the_mean_when_training()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Dropout(0.25), [new Shape(null, 10_000)]);
        using var random = new torch.Generator(5);
        var ones = torch.ones(1, 10_000);
        run.Run([new(ones)])[0].Tensor.data<float>().ToArray().Should().OnlyContain(v => v == 1);
        var dropped = run.Run([new(ones)], ForwardContext.Training(random))[0].Tensor;
        dropped.mean().item<float>().Should().BeApproximately(1, 0.03f);
        dropped.eq(0).to(torch.ScalarType.Float32).mean().item<float>().Should().BeApproximately(0.25f, 0.03f);
    }

    [Fact]
    public void Weights_show_themselves_in_Kerass_layout()
    {
        using var model = Cnn.Listing.ToModel(Device.Cpu, seed: 1);
        model.Weights.Select(w => w.Name).Should().StartWith(["conv2d/kernel", "conv2d/bias", "conv2d_1/kernel"]);
        model.Weights[0].ToArray().Shape.Should().Equal(3, 3, 1, 32);
        model.Weights.Sum(w => w.ToArray().ElementCount).Should().Be(93_322);
    }

    [Fact]
    public void Glorot_uniform_stays_inside_its_limit_and_fills_it()
    {
        using var model = Sequential.Input(300).Dense(200).Build().ToModel(Device.Cpu, seed: 1);
        var limit = Math.Sqrt(6.0 / 500);
        var values = model.Weights[0].ToArray().ToArray<float>();
        values.Should().OnlyContain(v => Math.Abs(v) <= limit);
        values.Max().Should().BeGreaterThan((float)(0.99 * limit));
        values.Average().Should().BeApproximately(0, 0.001f);
    }

    private static NDArray Random(params int[] shape)
    {
        var random = new StableRandom(11);
        return NDArray.From<float>(
            [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)random.NextDouble(-1, 1))], shape);
    }

    private static float[] Convolve(NDArray x, NDArray kernel, float bias, int stride, Padding padding, int output)
    {
        var (n, k, filters) = (x.Shape[1], kernel.Shape[0], kernel.Shape[3]);
        var before = padding == Padding.Same ? Math.Max((output - 1) * stride + k - n, 0) / 2 : 0;
        var (input, weights, result) = (x.ToArray<float>(), kernel.ToArray<float>(), new List<float>());
        for (var row = 0; row < output; row++)
            for (var column = 0; column < output; column++)
                for (var filter = 0; filter < filters; filter++)
                {
                    var sum = bias;
                    for (var i = 0; i < k; i++)
                        for (var j = 0; j < k; j++)
                            for (var channel = 0; channel < 3; channel++)
                            {
                                var (r, c) = (row * stride + i - before, column * stride + j - before);
                                if (r >= 0 && r < n && c >= 0 && c < n)
                                    sum += input[(r * n + c) * 3 + channel] * weights[((i * k + j) * 3 + channel) * filters + filter];
                            }

                    result.Add(sum);
                }

        return [.. result];
    }
}
