using System.Buffers.Binary;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class H5FileTests
{
    [Fact]
    public void Every_plain_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("h5-raw", file =>
    {
        using var opened = H5File.Open(file.Path);
        var wanted = file.Entry.GetProperty("tensors").EnumerateObject().Select(tensor => tensor.Name).ToHashSet();
        return opened.Tensors.Where(tensor => wanted.Contains(tensor.Name)).ToDictionary(tensor => tensor.Name, opened.Read);
    });

    [Fact]
    public void Chunks_of_any_shape_and_filter_give_their_elements()
    {
        using var file = H5File.Open(Sample("chunks.h5"));
        file.Tensors.Should().HaveCount(26);
        foreach (var tensor in file.Tensors)
        {
            var values = file.Read(tensor).ToArray<float>();
            values.Should().Equal(Enumerable.Range(0, values.Length).Select(i => i * 0.5f), tensor.Name);
        }

        file.Find("gzip2")!.Shape.Should().Equal(3, 4, 5);
    }

    [Theory]
    [InlineData("f2", DataType.Float16)]
    [InlineData("f4", DataType.Float32)]
    [InlineData("f8", DataType.Float64)]
    [InlineData("big_f2", DataType.Float16)]
    [InlineData("big_f4", DataType.Float32)]
    [InlineData("big_f8", DataType.Float64)]
    [InlineData("i1", DataType.Int8)]
    [InlineData("u1", DataType.UInt8)]
    [InlineData("i2", DataType.Int16)]
    [InlineData("u2", DataType.UInt16)]
    [InlineData("big_i2", DataType.Int16)]
    [InlineData("i4", DataType.Int32)]
    [InlineData("u4", DataType.UInt32)]
    [InlineData("big_u4", DataType.UInt32)]
    [InlineData("i8", DataType.Int64)]
    [InlineData("u8", DataType.UInt64)]
    [InlineData("big_i8", DataType.Int64)]
    public void Every_number_type_of_either_byte_order_is_read(string name, DataType type)
    {
        using var file = H5File.Open(Sample("types.h5"));
        var array = file.Read(file.Find(name)!);
        array.Type.Should().Be(type);
        Values(array).Should().Equal(Enumerable.Range(0, 6)
            .Select(i => type is DataType.Float16 or DataType.Float32 or DataType.Float64 ? i * 0.5 : i / 2));
    }

    [Fact]
    public void Bools_scalars_empty_datasets_and_bfloat16_are_read()
    {
        using var file = H5File.Open(Sample("types.h5"));
        file.Read(file.Find("bool")!).ToArray<bool>().Should().Equal(true, false, true);
        file.Read(file.Find("scalar")!).ToArray<float>().Should().Equal(3.5f);
        file.Find("scalar")!.Shape.Should().BeEmpty();
        file.Find("empty")!.Shape.Should().Equal(0, 4);
        file.Find("bf16")!.Type.Should().Be(DataType.BFloat16);
        file.Read(file.Find("bf16")!).Bytes.ToArray().Should().Equal(0x80, 0x3f, 0x00, 0xc0);
    }

    [Fact]
    public void Attributes_hold_texts_or_numbers_and_others_are_passed_over()
    {
        using var file = H5File.Open(Sample("types.h5"));
        file.Root.Attribute("text")!.Texts.Should().Equal("größe");
        file.Root.Attribute("fixed")!.Texts.Should().Equal("ab", "cde");
        file.Root.Attribute("texts")!.Texts.Should().Equal("x", "yy", "");
        file.Root.Attribute("number")!.Numbers!.ToArray<long>().Should().Equal(5);
        file.Root.Attribute("reference").Should().Be(new H5AttributeValue("reference"));
    }

    [Fact]
    public void Files_of_the_newer_layout_are_read()
    {
        using var file = H5File.Open(Sample("latest.h5"));
        file.Read(file.Find("a/b/c")!).ToArray<double>().Should().Equal(0, 0.5, 1, 1.5, 2);
        file.Root.Group("a")!.Attribute("name")!.Texts.Should().Equal("z");
    }

    [Theory]
    [InlineData("bad_external_link.h5", "external_link")]
    [InlineData("bad_soft_link.h5", "soft_link")]
    [InlineData("bad_soft_loop.h5", "soft_link")]
    [InlineData("bad_external_storage.h5", "external_storage")]
    [InlineData("bad_virtual.h5", "virtual_dataset")]
    [InlineData("bad_filter.h5", "unknown_filter")]
    [InlineData("bad_cycle.h5", "group_cycle")]
    [InlineData("bad_root_cycle.h5", "group_cycle")]
    [InlineData("bad_shape_bomb.h5", "shape_bomb")]
    [InlineData("bad_chunk_bomb.h5", "shape_bomb")]
    [InlineData("bad_missing_chunk.h5", "shape_bomb")]
    [InlineData("bad_gzip_bomb.h5", "expansion_bomb")]
    [InlineData("bad_texts.h5", "wrong_dtype")]
    [InlineData("bad_rows.h5", "wrong_dtype")]
    [InlineData("bad_compound.h5", "wrong_dtype")]
    public void What_weights_do_not_need_is_refused_before_it_is_followed(string name, string code)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(code, () => H5File.Open(Sample(name))).File.Should().Be(Sample(name));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Many_names_for_one_dataset_are_a_bomb()
    {
        using var stream = new MemoryStream();
        KerasWeights.Write(stream, [new("layers", null, [.. Enumerable.Range(0, 100)
            .Select(i => new NDArray(DataType.UInt8, [i == 0 ? 1 << 20 : 1], new byte[i == 0 ? 1 << 20 : 1]))])]);
        var bytes = stream.ToArray();
        RepeatFirstEntry(bytes);
        Refused.With("expansion_bomb", () => H5File.Open(bytes));
    }

    [Fact]
    public void Groups_nest_to_a_bounded_depth()
    {
        using var stream = new MemoryStream();
        KerasWeights.Write(stream, [new(string.Join('/', Enumerable.Repeat("a", 40)), null, [Samples.Of(DataType.Float32)])]);
        Refused.With("too_deep", () => H5File.Open(stream.ToArray()));
    }

    [Theory]
    [InlineData("chunks.h5")]
    [InlineData("types.h5")]
    [InlineData("latest.h5")]
    public void A_file_cut_at_any_place_is_refused(string name)
    {
        var whole = File.ReadAllBytes(Sample(name));
        for (var length = 0; length < whole.Length; length += length < 1024 ? 1 : 1021)
            FluentActions.Invoking(() => H5File.Open(whole.AsMemory(0, length))).Should().Throw<ModelFormatException>($"cut at {length}");
    }

    [Theory]
    [InlineData("chunks.h5")]
    [InlineData("types.h5")]
    [InlineData("latest.h5")]
    public void Twelve_flipped_bytes_are_refused_or_read_as_other_numbers(string name)
    {
        var whole = File.ReadAllBytes(Sample(name));
        var random = new Random(12);
        for (var run = 0; run < 300; run++)
        {
            var bytes = whole.ToArray();
            for (var i = 0; i < 12; i++) bytes[random.Next(Math.Min(bytes.Length, 4096))] ^= (byte)random.Next(1, 256);
            Refused.OrLoaded(() => ReadAll(bytes));
        }
    }

    [Fact]
    public void A_checksum_of_a_chunk_is_checked_when_opening()
    {
        var bytes = File.ReadAllBytes(Sample("chunks.h5"));
        var place = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0x3f, 0, 0, 0x80, 0x3f]);
        var damaged = 0;
        for (; place >= 0 && place < bytes.Length; place = Next(bytes, place))
        {
            var copy = bytes.ToArray();
            copy[place + 7] ^= 1;
            if (Refused.OrLoaded(() => H5File.Open(copy).Dispose())) damaged++;
        }

        damaged.Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_deflate_stream_that_asks_for_a_dictionary_is_refused()
    {
        var bytes = File.ReadAllBytes(Sample("chunks.h5"));
        var refused = 0;
        for (var place = 0; place < bytes.Length - 1; place++)
        {
            if (bytes[place] != 0x78 || bytes[place + 1] != 0x5e) continue;
            var copy = bytes.ToArray();
            copy[place + 1] = 0xbb;
            if (Refused.OrLoaded(() => H5File.Open(copy).Dispose())) refused++;
        }

        refused.Should().BeGreaterThan(10, "each gzip chunk starts like this");
    }

    [Fact]
    public void A_newer_headers_checksum_is_checked()
    {
        var bytes = File.ReadAllBytes(Sample("latest.h5"));
        var header = bytes.AsSpan().IndexOf("OHDR"u8);
        bytes[header + 8] ^= 1;
        Refused.With("malformed", () => H5File.Open(bytes)).Message.Should().Contain("checksum is wrong");
    }

    [Fact]
    public void A_superblock_of_the_future_is_named()
    {
        var bytes = File.ReadAllBytes(Sample("types.h5"));
        bytes[8] = 9;
        var refusal = Refused.With("unsupported_superblock", () => H5File.Open(bytes));
        refusal.Offset.Should().Be(8);
        refusal.Message.Should().Be("The superblock's version must be 0 to 3, but is 9. Save it again with Keras or h5py and their default "
            + "settings; the file is damaged or uses more of HDF5 than weights need. [byte 8]");
    }

    /// <summary>Makes every entry of the group's tables point to the object of the first one.</summary>
    private static void RepeatFirstEntry(byte[] bytes)
    {
        const int Header = 8;
        const int Entry = 40;
        var first = bytes.AsSpan().IndexOf("SNOD"u8);
        var target = bytes.AsSpan(first + Header + 8, 8).ToArray();
        for (var node = first; node >= 0; node = bytes.AsSpan(node + 1).IndexOf("SNOD"u8) is >= 0 and var next ? node + 1 + next : -1)
        {
            for (var i = 0; i < bytes[node + 6]; i++)
            {
                if (bytes[node + Header + i * Entry + 16] == 0) target.CopyTo(bytes, node + Header + i * Entry + 8);
            }
        }
    }

    internal static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private static int Next(byte[] bytes, int place)
    {
        var next = bytes.AsSpan(place + 1).IndexOf((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0x3f, 0, 0, 0x80, 0x3f]);
        return next < 0 ? bytes.Length : place + 1 + next;
    }

    private static void ReadAll(byte[] bytes)
    {
        using var file = H5File.Open(bytes);
        foreach (var tensor in file.Tensors) file.Read(tensor);
    }

    private static IEnumerable<double> Values(NDArray array)
    {
        var bytes = array.Bytes.ToArray();
        return bytes.Chunk(array.Type.ByteSize()).Select(element => array.Type switch
        {
            DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            DataType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(element),
            _ => element.Select((value, i) => value * Math.Pow(256, i)).Sum(),
        });
    }
}
