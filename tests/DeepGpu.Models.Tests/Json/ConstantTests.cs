using System.Text.Json.Nodes;
using DeepGpu.Models.Json;

namespace DeepGpu.Models.Tests.Json;

/// <summary>The initializer Constant with numbers and arrays, as Keras 3 writes and takes them.</summary>
public class ConstantTests
{
    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData("[1, 2, 3]", "an array of shape (3)")]
    [InlineData("""{"class_name": "__numpy__", "config": {"value": [[1, 2, 3]], "dtype": "float32"}}""", "an array of shape (1, 3)")]
    [InlineData("""{"class_name": "__tensor__", "config": {"value": [[1], [2], [3], [4], [5]], "dtype": "float32"}}""",
        "an array of shape (5, 1)")]
    [InlineData("""{"class_name": "__numpy__", "config": {"value": 0.25, "dtype": "float32"}}""", "0.25")]
    public void A_value_is_read_in_each_form_that_Keras_writes(string value, string expected)
        => ((Constant)Read(value).KernelInitializer).Value.ToString().Should().Be(expected);

    [Theory]
    [InlineData("[[1, 2], [3]]")]
    [InlineData("[]")]
    [InlineData("[1, \"a\"]")]
    [InlineData("\"a\"")]
    [InlineData("""{"class_name": "__numpy__", "config": {}}""")]
    public void A_value_that_is_no_array_is_refused(string value)
        => FluentActions.Invoking(() => Read(value)).Should().Throw<ModelFormatException>();

    [Fact]
    public void An_array_is_written_as_the_object_that_stands_for_one()
    {
        var layer = new Dense(3) { KernelInitializer = new Constant(NDArray.From<double>([1, 2, 3, 4, 5, 6], 2, 3)) };
        var value = LayerJson.Write(layer, "x")["config"]!["kernel_initializer"]!["config"]!["value"]!;
        value.ToJsonString().Should().Be("""{"class_name":"__numpy__","config":{"value":[[1,2,3],[4,5,6]],"dtype":"float64"}}""");
        LayerJson.Read(LayerJson.Write(layer, "x")).Should().Be(layer with { Name = "x" });
    }

    [Fact]
    public void Constants_are_equal_by_their_numbers_and_shape()
    {
        var one = new Constant(NDArray.From<double>([1, 2], 1, 2));
        one.Should().Be(new Constant(NDArray.From<float>([1, 2], 1, 2))).And.NotBe(new Constant(NDArray.From<double>([1, 2], 2)));
        new Constant().Should().Be(new Constant(0));
        new Constant(0.5).Value.Numbers.Should().Equal(0.5);
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_empty_arrays_are_refused()
    {
        FluentActions.Invoking(() => new Constant(double.NaN))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("Constant: value must be finite, but is NaN.*");
        FluentActions.Invoking(() => new Constant(new double[] { 1, double.PositiveInfinity })).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new Constant(Array.Empty<double>())).Should().Throw<DeepGpuArgumentException>();
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 4)]
    [InlineData(1, 5, 3)]
    [InlineData(5)]
    public void An_array_that_does_not_repeat_to_the_weight_is_refused_when_the_model_is_built(params int[] shape)
    {
        var dense = new Dense(3) { KernelInitializer = new Constant(NDArray.Zeros(DataType.Float32, shape)) };
        FluentActions.Invoking(() => Sequential.Input(5).Apply(dense).Build()).Should().Throw<ModelBuildException>()
            .WithMessage($"*'kernel' with a shape that its constant, {new ConstantValue(NDArray.Zeros(DataType.Int8, shape))}, repeats*");
    }

    private static Dense Read(string value)
    {
        var config = LayerJson.Write(new Dense(3) { KernelInitializer = new Constant(1) }, "x");
        config["config"]!["kernel_initializer"]!["config"]!["value"] = JsonNode.Parse(value);
        return (Dense)LayerJson.Read(config);
    }
}
