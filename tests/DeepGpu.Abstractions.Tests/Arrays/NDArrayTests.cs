namespace DeepGpu.Tests;

public class NDArrayTests
{
    [Fact]
    public void A_rectangular_array_keeps_its_shape_and_row_major_order()
    {
        var array = NDArray.From<float>(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        array.Shape.Should().Equal(2, 3);
        array.ToArray<float>().Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void A_slice_shares_the_rows_asked_for()
        => NDArray.From<int>([1, 2, 3, 4, 5, 6], 3, 2).Slice(1, 2).ToArray<int>().Should().Equal(3, 4, 5, 6);

    [Fact]
    public void A_reshape_keeps_the_elements()
        => NDArray.From<int>([1, 2, 3, 4], 4).Reshape(2, 2).TypeAndShape.Should().Be("Int32 (2, 2)");

    [Fact]
    public void Too_few_values_for_a_shape_are_refused()
        => FluentActions.Invoking(() => NDArray.From<float>([1, 2, 3], 2, 2)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage(
                "An array of shape (2, 2) needs 4 elements of 4 bytes but receives 12 bytes. Pass as many values as the shape's product.");

    [Fact]
    public void A_slice_outside_the_array_is_refused()
        => FluentActions.Invoking(() => NDArray.From<int>([1, 2], 2).Slice(1, 2)).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("NDArray: start must be a range inside 0..2, but is 1..3. Pass a value that is a range inside 0..2.");

    [Fact]
    public void Reading_another_element_type_is_refused()
        => FluentActions.Invoking(() => NDArray.From<int>([1], 1).AsSpan<float>().Length)
            .Should().Throw<InvalidOperationException>().WithMessage("The array holds Int32, not Float32.");

    [Fact]
    public void A_shape_whose_size_overflows_is_refused()
    {
        FluentActions.Invoking(() => new NDArray(DataType.Float64, [1 << 30, 1 << 30, 2], default))
            .Should().Throw<DeepGpuArgumentException>("2^61 elements of 8 bytes wrap to 0 bytes");
        FluentActions.Invoking(() => new NDArray(DataType.UInt8, [int.MaxValue, int.MaxValue, int.MaxValue], default)).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("NDArray: shape must be a shape of at most 2^63 - 1 elements, but is larger.*");
    }

    [Fact]
    public void A_single_number_has_no_rows_to_slice()
        => FluentActions.Invoking(() => NDArray.From<int>([1]).Slice(0, 1))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("NDArray: rank must be at least 1 to be sliced, but is 0.*");
}
