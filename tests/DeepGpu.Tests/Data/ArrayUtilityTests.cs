namespace DeepGpu.Tests.Data;

public class ArrayUtilityTests
{
    [Fact]
    public void One_hot_rows_and_class_numbers_are_each_others_inverse()
    {
        var rows = Categories.OneHot(NDArray.From<int>([0, 2, 1, 2], 4, 1), 3);
        rows.TypeAndShape.Should().Be("Float32 (4, 3)");
        Categories.ArgMax(rows).ToArray<int>().Should().Equal(0, 2, 1, 2);
        Categories.OneHot(NDArray.From<byte>([3, 1], 2)).ToArray<float>().Should().Equal(0, 0, 0, 1, 0, 1, 0, 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_number_that_is_no_class_is_refused_with_its_place(double number)
        => FluentActions.Invoking(() => Categories.OneHot(NDArray.From<double>([0, number], 2), 3))
            .Should().Throw<TrainingDataException>().Which.Message.Should().Contain("target 1 is");

    [Fact]
    public void Normalizing_divides_by_the_norm_along_the_axis()
    {
        var array = NDArray.From<float>([3, 4, 0, 0], 2, 2);
        Vectors.Normalize(array).ToArray<float>().Should().Equal(0.6f, 0.8f, 0, 0);
        Vectors.Normalize(array, axis: 0).ToArray<float>().Should().Equal(1, 1, 0, 0);
        Vectors.Normalize(NDArray.From<int>([1, 3], 1, 2), order: 1).ToArray<float>().Should().Equal(0.25f, 0.75f);
        Vectors.Normalize(NDArray.From<double>([1, -4], 2), order: double.PositiveInfinity).ToArray<double>().Should().Equal(0.25, -1);
        FluentActions.Invoking(() => Vectors.Normalize(array, axis: 2)).Should().Throw<DeepGpuArgumentException>();
    }
}
