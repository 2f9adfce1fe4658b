using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>Numbers from Keras's documentation and from its own tests' rules.</summary>
public class PreprocessingTests
{
    [Fact]
    public void Normalization_learns_mean_and_variance()
    {
        // keras.io: adapt([1, 2, 3, 4, 5]) with axis None turns [1, 2, 3] into [-1.4142135, -0.70710677, 0].
        var all = new Normalization { Axis = null }.Adapt(NDArray.From<int>([1, 2, 3, 4, 5], 5));
        Run(all, NDArray.From<float>([1, 2, 3], 3, 1)).ToArray<float>().Should().Equal(-1.4142135f, -0.70710677f, 0);
        var columns = new Normalization().Adapt(NDArray.From<float>([0, 7, 4], 1, 3), NDArray.From<float>([2, 9, 6], 1, 3),
            NDArray.From<float>([0, 7, 4, 2, 9, 6], 2, 3));
        Run(columns, NDArray.From<float>([0, 7, 4], 1, 3)).ToArray<float>().Should().Equal(-1, -1, -1);
        Run(columns with { Invert = true }, NDArray.From<float>([-1, -1, 1], 1, 3)).ToArray<float>().Should().Equal(0, 7, 6);
        FluentActions.Invoking(() => new Normalization().Adapt()).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Discretization_is_that_of_the_documentation()
    {
        var input = NDArray.From<float>([-1.5f, 1, 3.4f, 0.5f, 0, 3, 1.3f, 0], 2, 4);
        Run(new Discretization { BinBoundaries = [0, 1, 2] }, input).ToArray<long>().Should().Equal(0, 2, 3, 1, 1, 3, 2, 1);
        Run(new Discretization { NumBins = 4 }.Adapt(input), input).ToArray<long>().Should().Equal(0, 2, 3, 2, 1, 3, 3, 1);
        FluentActions.Invoking(() => new Discretization { BinBoundaries = [1, 0] }).Should().Throw<DeepGpuArgumentException>();
    }

    [Fact]
    public void Category_encoding_is_that_of_the_documentation()
    {
        Run(new CategoryEncoding(4) { OutputMode = OutputMode.OneHot }, NDArray.From<int>([3, 2, 0, 1], 4, 1))
            .ToArray<float>().Should().Equal(0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0);
        var pairs = NDArray.From<int>([0, 1, 0, 0, 1, 2, 3, 1], 4, 2);
        Run(new CategoryEncoding(4), pairs).ToArray<float>().Should().Equal(1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1);
        Run(new CategoryEncoding(4) { OutputMode = OutputMode.Count }, pairs)
            .ToArray<float>().Should().Equal(1, 1, 0, 0, 2, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1);
    }

    [Fact]
    public void Integer_lookup_is_that_of_the_documentation()
    {
        var data = NDArray.From<long>([12, 1138, 42, 42, 1000, 36], 2, 3);
        var known = new IntegerLookup { Vocabulary = [12, 36, 1138, 42] };
        Run(known, data).ToArray<long>().Should().Equal(1, 3, 4, 4, 0, 2);
        Run(new IntegerLookup().Adapt(data), data).ToArray<long>().Should().Equal(5, 2, 1, 1, 3, 4);
        Run(known with { NumOovIndices = 2 }, NDArray.From<long>([12, 1138, 42, 37, 1000, 36], 2, 3))
            .ToArray<long>().Should().Equal(2, 4, 5, 1, 0, 3);
        var rows = NDArray.From<long>([12, 1138, 42, 42, 42, 7, 36, 7], 2, 4);
        Run(known with { OutputMode = OutputMode.MultiHot }, rows).ToArray<float>().Should().Equal(0, 1, 0, 1, 1, 1, 0, 1, 0, 1);
        Run(known with { OutputMode = OutputMode.Count }, rows).ToArray<float>().Should().Equal(0, 1, 0, 1, 2, 2, 0, 1, 0, 1);
    }

    [Fact]
    public void Cropping_takes_the_middle_and_resizing_keeps_the_aspect_ratio_on_request()
    {
        var image = NDArray.From<float>([.. Enumerable.Range(0, 16).Select(i => (float)i)], 1, 4, 4, 1);
        Run(new CenterCrop(2, 2), image).ToArray<float>().Should().Equal(5, 6, 9, 10);
        Run(new Resizing(2, 2), image).ToArray<float>().Should().Equal(2.5f, 4.5f, 10.5f, 12.5f);
        Run(new Resizing(4, 2) { CropToAspectRatio = true }, image).ToArray<float>().Should().Equal(1, 2, 5, 6, 9, 10, 13, 14);
        Run(new Resizing(2, 4) { PadToAspectRatio = true, FillValue = -1, Interpolation = Interpolation.Nearest }, image)
            .ToArray<float>().Should().Equal(-1, 5, 7, -1, -1, 13, 15, -1);
        Run(new RandomCrop(2, 2), image).ToArray<float>().Should().Equal(2.5f, 4.5f, 10.5f, 12.5f);
    }

    private static NDArray Run(Layer layer, NDArray input)
    {
        using var model = Functional.Input(new InputLayer(new([null, .. input.Shape.Skip(1).Select(length => (int?)length)]))).Apply(layer)
            .Build().ToModel(Device.Cpu, seed: 1);
        return model.Predict(input);
    }
}
