namespace DeepGpu.Formats.Tests;

/// <summary>Which bytes of which storage a tensor of a checkpoint is.</summary>
public class PthStorageTests
{
    [Theory]
    [InlineData(7, "storage_size_mismatch")]
    [InlineData(5, "storage_size_mismatch")]
    [InlineData(-6, "storage_size_mismatch")]
    [InlineData(1L << 61, "storage_size_mismatch")]
    [InlineData(long.MaxValue, "storage_size_mismatch")]
    public void A_storage_must_fill_its_record(long count, string code)
        => Refused.With(code, () => PthFile.Open(PickleBytes.TensorArchive(PickleBytes.Tensor(count))));

    [Theory]
    [InlineData(1, new long[] { 2, 3 }, new long[] { 3, 1 }, "tensor_out_of_storage")]
    [InlineData(0, new long[] { 3, 3 }, new long[] { 3, 1 }, "tensor_out_of_storage")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 4, 1 }, "tensor_out_of_storage")]
    [InlineData(0, new long[] { 3, 3 }, new long[] { long.MaxValue, 1 }, "tensor_out_of_storage")]
    [InlineData(0, new long[] { 1L << 40 }, new long[] { 0 }, "tensor_out_of_storage")]
    [InlineData(0, new long[] { 1L << 31, 1L << 31, 1L << 31 }, new long[] { 0, 0, 0 }, "tensor_out_of_storage")]
    [InlineData(long.MaxValue, new long[] { 2, 3 }, new long[] { 3, 1 }, "tensor_out_of_storage")]
    [InlineData(-1, new long[] { 2, 3 }, new long[] { 3, 1 }, "negative_offset")]
    [InlineData(0, new long[] { -2, -3 }, new long[] { 3, 1 }, "negative_dimension")]
    [InlineData(5, new long[] { 6 }, new long[] { -1 }, "negative_stride")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 1 }, "rank_mismatch")]
    public void A_view_must_lie_inside_its_storage(long offset, long[] shape, long[] strides, string code)
        => Refused.With(code,
            () => PthFile.Open(PickleBytes.TensorArchive(PickleBytes.Tensor(offset: offset, shape: shape, strides: strides))));

    [Theory]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 3, 1 }, new float[] { 1, 2, 4, 5 })]
    [InlineData(5, new long[] { }, new long[] { }, new float[] { 5 })]
    [InlineData(2, new long[] { 2, 3 }, new long[] { 0, 1 }, new float[] { 2, 3, 4, 2, 3, 4 })]
    [InlineData(0, new long[] { 2, 0 }, new long[] { 9, 9 }, new float[] { })]
    [InlineData(0, new long[] { 3 }, new long[] { 2 }, new float[] { 0, 2, 4 })]
    public void A_view_gives_its_elements_in_row_major_order(long offset, long[] shape, long[] strides, float[] expected)
    {
        using var file = PthFile.Open(PickleBytes.TensorArchive(PickleBytes.Tensor(offset: offset, shape: shape, strides: strides)));
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(expected);
    }

    [Theory]
    [InlineData("../0")]
    [InlineData("../../archive/data/0")]
    [InlineData("1")]
    [InlineData("")]
    public void A_storage_is_found_by_its_exact_record_only(string key)
        => Refused.With("storage_missing", () => PthFile.Open(PickleBytes.Archive(PickleBytes.Tensor(key: key),
            ("archive/data/0", PickleBytes.Record), ("x/archive/data/1", PickleBytes.Record))));

    [Fact]
    public void Many_tensors_over_the_same_bytes_are_a_bomb()
    {
        var pickle = PickleBytes.Protocol2.Op("}(");
        for (var i = 0; i < 2000; i++)
            pickle.Text($"t{i}").Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", "FloatStorage")
                .Text("0").Text("cpu").Long(1 << 18).Op("tQ").Long(0).Op("(").Long(1 << 18).Op("t(").Long(1).Raw((byte)'t', 0x89).Op("}tR");
        var archive = PickleBytes.Archive(pickle.Op("u.").ToArray(), ("archive/data/0", new byte[1 << 20]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("expansion_bomb", () => PthFile.Open(archive));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(16 << 20);
    }

    [Theory]
    [InlineData(2, 3, null)]
    [InlineData(4, 3, "tensor_out_of_storage")]
    [InlineData(-1, 3, "tensor_out_of_storage")]
    public void A_storage_of_very_old_torch_may_be_a_part_of_another(long start, long count, string? code)
    {
        var pickle = PickleBytes.Protocol2.Op("}").Text("w").Global("torch._utils", "_rebuild_tensor").Op("((").Text("storage")
            .Global("torch", "FloatStorage").Text("0").Text("cpu").Long(6).Op("(").Text("1").Long(start).Long(count)
            .Op("ttQ").Long(0).Long(3).Raw(0x85).Long(1).Raw(0x85).Op("tRs.").ToArray();
        var archive = PickleBytes.TensorArchive(pickle);
        if (code is not null)
        {
            Refused.With(code, () => PthFile.Open(archive));
            return;
        }

        using var file = PthFile.Open(archive);
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(2, 3, 4);
    }

    [Fact]
    public void Big_endian_records_are_turned_round()
    {
        var swapped = PickleBytes.Record.Chunk(4).SelectMany(element => element.Reverse()).ToArray();
        using var file = PthFile.Open(PickleBytes.Archive(PickleBytes.Tensor(), ("archive/byteorder", "big"u8.ToArray()),
            ("archive/data/0", swapped)));
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(0, 1, 2, 3, 4, 5);
    }
}
