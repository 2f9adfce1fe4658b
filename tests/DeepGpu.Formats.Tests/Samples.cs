namespace DeepGpu.Formats.Tests;

/// <summary>Arrays of every element type, with the bit patterns that careless code changes.</summary>
internal static class Samples
{
    public static IReadOnlyList<KeyValuePair<string, NDArray>> All(params DataType[] except) =>
    [
        .. Enum.GetValues<DataType>().Except(except).Select(type => KeyValuePair.Create($"layer.{type}", Of(type))),
        new("specials",
            NDArray.From<float>([1.5f, float.NaN, -0f, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0x7fa00001)], 5)),
        new("scalar", NDArray.From<long>([42])),
        new("empty", NDArray.From<float>([], 0, 5)),
        new("größe 数", NDArray.From<byte>([1, 2], 2, 1)),
    ];

    public static NDArray Of(DataType type)
    {
        var bytes = new byte[6 * type.ByteSize()];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = type == DataType.Bool ? (byte)(i & 1) : (byte)(17 * i + 3);
        return new(type, [2, 3], bytes);
    }

    /// <summary>Every tensor of a file is one of the expected ones, bit for bit.</summary>
    public static void ShouldEqual(TensorFile file, IReadOnlyList<KeyValuePair<string, NDArray>> expected)
    {
        file.Tensors.Select(tensor => tensor.Name).Should().BeEquivalentTo(expected.Select(tensor => tensor.Key));
        foreach (var (name, values) in expected) ShouldEqual(file.Read(file.Find(name)!), values, name);
    }

    public static void ShouldEqual(NDArray actual, NDArray expected, string name)
    {
        actual.Type.Should().Be(expected.Type, name);
        actual.Shape.Should().Equal(expected.Shape, name);
        actual.Bytes.Span.SequenceEqual(expected.Bytes.Span).Should().BeTrue(name);
    }
}
