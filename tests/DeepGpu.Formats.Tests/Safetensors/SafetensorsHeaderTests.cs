using System.Buffers.Binary;
using System.Text;

namespace DeepGpu.Formats.Tests;

/// <summary>RELIABILITY A1 to A12: headers that break one rule each.</summary>
public class SafetensorsHeaderTests
{
    private const int LittleMemory = 16 << 20;

    [Fact]
    public void A_file_shorter_than_its_length_field_is_refused_at_its_start()
    {
        for (var length = 0; length < 8; length++)
            Refused.With("header_too_small", () => SafetensorsFile.Open(new byte[length])).Offset.Should().Be(0);
    }

    [Theory]
    [InlineData(3UL, "header_length_past_end")]
    [InlineData(100_000_000UL, "header_length_past_end")]
    [InlineData(100_000_001UL, "header_too_large")]
    [InlineData((ulong)int.MaxValue, "header_too_large")]
    [InlineData((1UL << 32) + 60, "header_too_large")]
    [InlineData(1UL << 63, "header_too_large")]
    [InlineData(ulong.MaxValue, "header_too_large")]
    public void A_length_that_the_file_does_not_have_takes_no_memory(ulong length, string code)
    {
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(code, () => SafetensorsFile.Open(bytes)).Offset.Should().Be(0);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(LittleMemory);
    }

    [Theory]
    [InlineData("[]", "header_not_object")]
    [InlineData("3", "header_not_object")]
    [InlineData("{}{}", "header_not_json")]
    [InlineData("{} x", "header_not_json")]
    [InlineData("{}\0\0", "header_not_json")]
    [InlineData("{}//", "header_not_json")]
    [InlineData("/* */{}", "header_not_json")]
    [InlineData("\uFEFF{}", "header_not_json")]
    [InlineData("", "header_not_json")]
    [InlineData("{\"test\":{},\"te\\u0073t\":{}}", "duplicate_name")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", "duplicate_name")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", "duplicate_name")]
    [InlineData("{\"__metadata__\":{\"n\":3}}", "wrong_field_type")]
    [InlineData("{\"__metadata__\":[]}", "wrong_field_type")]
    public void A_header_that_is_no_object_of_tensors_is_refused(string header, string code)
        => Refused.With(code, () => SafetensorsFile.Open(File(Encoding.UTF8.GetBytes(header), 1)));

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused_with_its_place()
        => Refused.With("header_not_utf8", () => SafetensorsFile.Open(File([.. "{\"a"u8, 0xc0, 0xaf, .. "\":{}}"u8], 0)))
            .Offset.Should().Be(8 + 3);

    [Theory]
    [InlineData("a:U8:[1]:0,1 b:U8:[1]:0,1", 1, "overlap", "b")]
    [InlineData("a:U8:[2]:0,2 b:U8:[2]:1,3", 3, "overlap", "b")]
    [InlineData("a:U8:[1]:0,1 b:U8:[1]:2,3", 3, "hole", "b")]
    [InlineData("a:U8:[1]:1,2", 2, "hole", "a")]
    [InlineData("a:U8:[1]:1,0", 1, "offset_order", "a")]
    [InlineData("a:U8:[1]:-1,0", 1, "offset_negative", "a")]
    [InlineData("a:U8:[-1]:0,1", 1, "negative_dimension", "a")]
    [InlineData("a:U8:[2]:0,2", 1, "offset_past_end", "a")]
    [InlineData("a:U8:[1]:0,1", 2, "trailing_bytes", null)]
    [InlineData("a:F32:[2]:0,4", 4, "size_mismatch", "a")]
    [InlineData("a:F32:[65536,65536,65536,65536]:0,0", 0, "size_overflow", "a")]
    [InlineData("a:F32:[4611686018427387908]:0,16", 16, "size_overflow", "a")]
    [InlineData("a:U8:[18446744073709551615]:0,1", 1, "size_overflow", "a")]
    [InlineData("a:U8:[1.5]:0,1", 1, "wrong_field_type", "a")]
    [InlineData("a:Q9:[1]:0,1", 1, "unknown_dtype", "a")]
    [InlineData("a:F8_E8M0:[1]:0,1", 1, "unsupported_dtype", "a")]
    public void A_tensor_that_does_not_fit_is_named(string tensors, int data, string code, string? name)
    {
        var refusal = Refused.With(code, () => SafetensorsFile.Open(File(Header(tensors), data)));
        refusal.Entry.Should().Be(name);
        if (code is "unknown_dtype" or "unsupported_dtype") refusal.Message.Should().Contain(tensors.Split(':')[1]);
    }

    [Fact]
    public void Two_thousand_tensors_over_the_same_bytes_take_no_memory()
    {
        var file = File(Header(string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"t{i}:U8:[1000000]:0,1000000"))), 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("overlap", () => SafetensorsFile.Open(file));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(LittleMemory);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "Git LFS pointer")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("PK\u0003\u0004 and more bytes", "zip archive")]
    public void Something_else_under_this_name_is_told_what_it_is(string content, string what)
        => Refused.With("header_too_large", () => SafetensorsFile.Open(Encoding.UTF8.GetBytes(content))).Message.Should().Contain(what);

    [Fact]
    public void A_pickle_under_this_name_is_told_what_it_is()
        => Refused.With("header_too_large", () => SafetensorsFile.Open(PickleBytes.Tensor())).Message.Should().Contain("Python pickle");

    [Fact]
    public void Order_alignment_and_empty_tensors_do_not_matter()
    {
        using var file = SafetensorsFile.Open(File(Header("c:F64:[1]:1,9 none:F32:[0,5]:9,9 a:U8:[1]:0,1"), 9));
        file.Tensors.Select(tensor => tensor.Name).Should().BeEquivalentTo("c", "none", "a");
        file.Read(file.Find("none")!).ElementCount.Should().Be(0);
        file.Read(file.Find("c")!).ElementCount.Should().Be(1);
    }

    private static byte[] Header(string tensors)
        => Encoding.UTF8.GetBytes("{" + string.Join(',', tensors.Split(' ').Select(tensor => tensor.Split(':'))
            .Select(part => $"\"{part[0]}\":{{\"dtype\":\"{part[1]}\",\"shape\":{part[2]},\"data_offsets\":[{part[3]}]}}")) + "}");

    private static byte[] File(byte[] header, int data)
    {
        var bytes = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }
}
