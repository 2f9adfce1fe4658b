using System.Text.Json;

namespace DeepGpu.Abstractions.Tests.Arrays;

/// <summary>Arrays as text, JSON and HTML.</summary>
public class ArrayTextTests
{
    public static TheoryData<DataType> Types => [.. Enum.GetValues<DataType>()];

    public static TheoryData<int[]> Shapes => new(new int[][]
    {
        [], [0], [3], [2, 3], [100, 100], [9, 9, 9], [4, 5, 6, 7], [2, 2, 2, 2, 2, 2], [1, 1, 1, 1000, 1],
    });

    [Fact]
    public void Small_arrays_show_every_value()
    {
        NDArray.From<float>([1, -2.5f, 1f / 3], 3).ToString().Should().Be("Float32 (3) [1, -2.5, 0.333333]");
        Lines(NDArray.From<int>([1, 2, 3, 4, 5, 6], 2, 3)).Should().Equal("Int32 (2, 3)", "[[1, 2, 3]", " [4, 5, 6]]");
        NDArray.From<bool>([true], []).ToString().Should().Be("Bool () true");
    }

    [Fact]
    public void The_middle_of_long_axes_is_left_out()
    {
        var rows = Lines(NDArray.From<long>([.. Enumerable.Range(0, 80).Select(i => (long)i)], 8, 10));
        rows.Should().Equal("Int64 (8, 10)", "[[0, 1, 2, ..., 7, 8, 9]", " [10, 11, 12, ..., 17, 18, 19]", " [20, 21, 22, ..., 27, 28, 29]",
            " ...", " [50, 51, 52, ..., 57, 58, 59]", " [60, 61, 62, ..., 67, 68, 69]", " [70, 71, 72, ..., 77, 78, 79]]");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_takes_at_most_20_lines_and_20_kB_of_html(int[] shape)
    {
        var array = NDArray.Zeros(DataType.Float64, shape);
        Lines(array).Should().HaveCountLessThanOrEqualTo(20).And.StartWith(Lines(array)[0]);
        Lines(array)[0].Should().StartWith(array.TypeAndShape);
        array.ToHtml().Length.Should().BeLessThan(20_000);
    }

    [Fact]
    public void Html_is_a_table_of_the_values()
        => NDArray.From<int>([1, 2, 3, 4], 2, 2).ToHtml().Should()
            .Be("<p>Int32 (2, 2)</p><table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>");

    [Theory]
    [MemberData(nameof(Types))]
    public void Json_keeps_type_shape_and_every_bit(DataType type)
    {
        byte[] bytes =
            [.. Enumerable.Range(0, 6 * type.ByteSize()).Select(i => type == DataType.Bool ? (byte)(i % 2) : (byte)(i * 29 + 17))];
        var array = new NDArray(type, [2, 1, 3], bytes);
        var again = JsonSerializer.Deserialize<NDArray>(JsonSerializer.Serialize(array))!;
        again.TypeAndShape.Should().Be(array.TypeAndShape);
        again.Bytes.ToArray().Should().Equal(bytes);
    }

    [Fact]
    public void Json_is_type_shape_and_values()
        => JsonSerializer.Serialize(new { Scores = NDArray.From<float>([0.1f, float.NaN, float.NegativeInfinity], 3, 1) }).Should()
            .Be("""{"Scores":{"type":"Float32","shape":[3,1],"values":[0.1,"NaN","-Infinity"]}}""");

    [Theory]
    [InlineData("""[1, 2]""")]
    [InlineData("""{"type":"Float32","shape":[2]}""")]
    [InlineData("""{"type":"float","shape":[1],"values":[1]}""")]
    [InlineData("""{"type":"7","shape":[1],"values":[1]}""")]
    [InlineData("""{"type":"Float32","shape":[3],"values":[1, 2]}""")]
    [InlineData("""{"type":"Float32","shape":[-1],"values":[]}""")]
    [InlineData("""{"type":"UInt8","shape":[1],"values":[256]}""")]
    [InlineData("""{"type":"Int32","shape":[1],"values":[1.5]}""")]
    [InlineData("""{"type":"Float32","shape":[1],"values":["one"]}""")]
    [InlineData("""{"type":"Float32","shape":[2147483647, 2147483647, 2147483647],"values":[1]}""")]
    public void Other_json_is_refused_with_what_is_needed(string json)
        => FluentActions.Invoking(() => JsonSerializer.Deserialize<NDArray>(json)).Should().Throw<JsonException>()
            .WithMessage("An array needs \"type\", \"shape\" and \"values\"*");

    [Fact]
    public void Brain_floats_are_rounded_to_even()
        => JsonSerializer.Deserialize<NDArray>("""{"type":"BFloat16","shape":[3],"values":[1.00390625, 1.01171875, "NaN"]}""")!
            .ToString().Should().Be("BFloat16 (3) [1, 1.01562, NaN]");

    private static string[] Lines(NDArray array) => array.ToString().Split(Environment.NewLine);
}
