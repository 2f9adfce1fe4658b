namespace DeepGpu.Formats.Tests;

/// <summary>RELIABILITY B29: the stream of torch before 1.6, each of its five pickles and its sizes damaged.</summary>
public class PthStreamTests
{
    private static readonly byte[] Magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
    private static readonly byte[] Protocol = [0x80, 2, .. "M"u8, 0xe9, 3, (byte)'.'];
    private static readonly byte[] Payload = PickleBytes.Protocol2.Global("os", "system").Text("true").Raw(0x85).Op("R.").ToArray();

    [Fact]
    public void A_whole_stream_is_read()
    {
        using var file = PthFile.Open(Stream());
        file.Read(file.Tensors.Single()).ToArray<float>().Should().Equal(0, 0, 0, 0, 0, 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_program_in_any_of_its_pickles_is_refused_by_name(int place)
        => Refused.With("forbidden_global", () => PthFile.Open(Stream(place, Payload))).Message.Should().Contain("os.system");

    [Theory]
    [InlineData(5L)]
    [InlineData(7L)]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_storage_of_another_size_than_its_tensor_says_is_refused(long size)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("storage_size_mismatch", () => PthFile.Open(Stream(size: size)));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Keys_that_are_not_those_of_its_tensors_are_refused()
    {
        byte[] Keys(string key) => PickleBytes.Protocol2.Op("](").Text(key).Op("e.").ToArray();
        FluentActions.Invoking(() => PthFile.Open(Stream(4, Keys("other")))).Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => PthFile.Open(Stream(4, PickleBytes.Protocol2.Op("].").ToArray())))
            .Should().Throw<ModelFormatException>();
        FluentActions.Invoking(() => PthFile.Open(Stream(4, PickleBytes.Protocol2.Op("].").ToArray(), size: null)))
            .Should().Throw<ModelFormatException>();
    }

    private static byte[] Stream(int replaced = -1, byte[]? pickle = null, long? size = 6)
    {
        byte[][] pickles = [Magic, Protocol, PickleBytes.Protocol2.Op("}.").ToArray(), Tensor(),
            PickleBytes.Protocol2.Op("](").Text("0").Op("e.").ToArray()];
        if (replaced >= 0) pickles[replaced] = pickle!;
        return [.. pickles.SelectMany(bytes => bytes), .. size is { } count ? BitConverter.GetBytes(count) : [], .. new byte[24]];
    }

    /// <summary>{"w": a float tensor (2, 3) over the storage "0" of 6 elements}.</summary>
    private static byte[] Tensor() => PickleBytes.Protocol2.Op("}").Text("w")
        .Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu")
        .Op("K").Raw(6).Op("NtQK").Raw(0).Op("K").Raw(2).Op("K").Raw(3).Raw(0x86).Op("K").Raw(3).Op("K").Raw(1)
        .Raw(0x86, 0x89).Op("}tRs.").ToArray();
}
