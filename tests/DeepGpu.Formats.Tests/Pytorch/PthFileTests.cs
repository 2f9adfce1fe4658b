using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class PthFileTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("pth", file =>
    {
        using var opened = PthFile.Open(file.Path);
        return opened.Tensors.ToDictionary(t => t.Name, opened.Read);
    });

    [Fact]
    public void Plain_values_of_a_checkpoint_are_in_the_tree()
    {
        using var file = PthFile.Open(ReferenceData.Path("hostile", "pth", "ok", "zip_checkpoint_nested.pth"));
        file.Root["epoch"].Should().Be(new CheckpointValue(3L));
        file.Root["lr"].Should().Be(new CheckpointValue(0.1));
        file.Root["none"].Should().Be(new CheckpointValue(null));
        file.Root["list"].Should().BeOfType<CheckpointGroup>().Which.Children.Select(child => child.Value)
            .Should().Equal(new CheckpointValue(1L), new CheckpointValue(2L));
        file.Root["state_dict"].Should().BeOfType<CheckpointGroup>().Which["w"].Should().Be(new CheckpointTensor(file.Tensors[0]));
    }

    [Fact]
    public void Squeezenet_is_the_same_in_its_three_files()
    {
        using var zip = PthFile.Open(ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1.zip.pth"));
        using var stream = PthFile.Open(ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1.legacy.pth"));
        using var safetensors = SafetensorsFile.Open(ReferenceData.Path("data", "weights", "squeezenet1_1", "squeezenet1_1.safetensors"));
        zip.Tensors.Should().HaveCount(52);
        zip.Find("features.0.weight")!.Shape.Should().Equal(64, 3, 3, 3);
        var expected = zip.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, zip.Read(tensor))).ToList();
        Samples.ShouldEqual(stream, expected);
        Samples.ShouldEqual(safetensors, expected);
    }

    [Fact]
    public void Mobilenet_opens_with_its_optimizer_and_plain_values()
    {
        using var file = PthFile.Open(ReferenceData.Path("data", "weights", "mobilenet_v1_025", "mobilenetV1X0.25_pretrain.tar"));
        file.Root.Children.Select(child => child.Key).Should().Equal("epoch", "arch", "state_dict", "best_acc1", "optimizer");
        file.Root["arch"].Should().Be(new CheckpointValue("resnet18"));
        file.Find("state_dict.module.stage1.0.0.weight")!.Shape.Should().Equal(8, 3, 3, 3);
        foreach (var tensor in file.Tensors) file.Read(tensor).Bytes.Length.Should().Be((int)tensor.ByteLength);
    }

    [Fact]
    public void Resnet20_of_an_early_torch_opens()
    {
        using var file = PthFile.Open(ReferenceData.Path("data", "weights", "cifar_resnet20", "resnet20.th"));
        file.Root["best_prec1"].Should().Be(new CheckpointValue(91.78000183105469));
        file.Find("state_dict.module.conv1.weight")!.Shape.Should().Equal(16, 3, 3, 3);
        file.Tensors.Should().HaveCount(97);
    }

    [Fact]
    public void The_mnist_network_opens_from_both_its_files()
    {
        using var pth = PthFile.Open(ReferenceData.Path("data", "weights", "mnist_cnn", "mnist.pt"));
        using var safetensors = SafetensorsFile.Open(ReferenceData.Path("data", "weights", "mnist_cnn", "mnist.safetensors"));
        pth.Find("conv1.weight")!.Shape.Should().Equal(8, 1, 3, 3);
        safetensors.Find("conv1.weight")!.Shape.Should().Equal(8, 1, 3, 3);
    }

    [Fact]
    public void What_is_written_reads_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var file = PthFile.Open(folder.Write("state.pth", stream => PthWriter.Write(stream, Samples.All())));
        Samples.ShouldEqual(file, Samples.All());
    }

    [Fact]
    public void A_nested_checkpoint_is_written_as_it_was_read()
    {
        var tensor = new CheckpointTensor(new("model.w", DataType.UInt8, [2, 3]));
        CheckpointNode[] values = [new CheckpointValue(null), new CheckpointValue(true), new CheckpointValue(-7L),
            new CheckpointValue(System.Numerics.BigInteger.Pow(2, 70)), new CheckpointValue(0.25), new CheckpointValue("ü")];
        var root = new CheckpointGroup(
        [
            new("model", new CheckpointGroup([new("w", tensor)])),
            new("values", new CheckpointGroup([.. values.Select((value, i) => KeyValuePair.Create($"{i}", value))]) { IsList = true }),
        ]);
        using var stream = new MemoryStream();
        PthWriter.Write(stream, root, _ => Samples.Of(DataType.UInt8));
        using var file = PthFile.Open(stream.ToArray());
        file.Root["values"].Should().BeOfType<CheckpointGroup>().Which.Should()
            .Match<CheckpointGroup>(list => list.IsList && list.Children.Select(child => child.Value).SequenceEqual(values));
        Samples.ShouldEqual(file, [new("model.w", Samples.Of(DataType.UInt8))]);
    }

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

    [Fact]
    public void A_pickle_that_was_deflated_to_nothing_is_a_bomb()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var pickle = zip.CreateEntry("archive/data.pkl").Open();
            pickle.Write([0x80, 2, .. Enumerable.Repeat((byte)'}', 4 << 20)]);
        }

        var bytes = stream.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("expansion_bomb", () => PthFile.Open(bytes));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
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
    public void A_state_dict_of_Python_2_is_a_list_of_pairs_with_byte_texts()
    {
        var pickle = PickleBytes.Protocol2.Global("collections", "OrderedDict").Op("](](U").Raw(1).Op("aK").Raw(1).Op("e](T")
            .Raw(1, 0, 0, 0).Op("bK").Raw(2).Op("ee").Raw(0x85).Op("R.").ToArray();
        using var file = PthFile.Open(PickleBytes.Archive(pickle));
        file.Root.Children.Should().Equal([KeyValuePair.Create<string, CheckpointNode>("a", new CheckpointValue(1L)),
            KeyValuePair.Create<string, CheckpointNode>("b", new CheckpointValue(2L))]);
    }

    [Fact]
    public void Big_endian_records_are_turned_round()
    {
        var swapped = PickleBytes.Record.Chunk(4).SelectMany(element => element.Reverse()).ToArray();
        using var file = PthFile.Open(PickleBytes.Archive(PickleBytes.Tensor(), ("archive/byteorder", "big"u8.ToArray()),
            ("archive/data/0", swapped)));
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void Two_pickles_in_an_archive_are_refused()
        => Refused.With("duplicate_name", () => PthFile.Open(PickleBytes.Archive(PickleBytes.Tensor(),
            ("archive/data/0", PickleBytes.Record), ("other/data.pkl", PickleBytes.Tensor()))));

    [Fact]
    public void Members_that_no_tensor_needs_are_not_inflated()
    {
        using var stream = new MemoryStream(PickleBytes.TensorArchive(PickleBytes.Tensor()));
        using var grown = new MemoryStream();
        stream.CopyTo(grown);
        using (var zip = new System.IO.Compression.ZipArchive(grown, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            using var bomb = zip.CreateEntry("archive/extra", System.IO.Compression.CompressionLevel.Fastest).Open();
            bomb.Write(new byte[32 << 20]);
        }

        var bytes = grown.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = PthFile.Open(bytes);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Theory]
    [InlineData("", "empty_file", "is empty")]
    [InlineData("<html>", "unsupported_format", "is a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "unsupported_format", "git lfs pull")]
    [InlineData("cos\nsystem\n(S'true'\ntR.", "forbidden_opcode", "text pickle")]
    public void A_file_that_is_something_else_is_told_what_it_is(string content, string code, string message)
        => Refused.With(code, () => PthFile.Open(System.Text.Encoding.UTF8.GetBytes(content))).Message.Should().Contain(message);

    [Fact]
    public void A_tar_container_says_what_to_do()
    {
        using var stream = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(stream, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "storages"));
        Refused.With("tar_container", () => PthFile.Open(stream.ToArray())).Message.Should().Contain("save the state dict again");
    }

    [Fact]
    public void A_stream_cut_at_any_place_is_refused()
    {
        var whole = File.ReadAllBytes(ReferenceData.Path("hostile", "pth", "bad", "legacy_trailing.pth"))[..^4];
        using (var file = PthFile.Open(whole)) file.Tensors.Should().ContainSingle();
        for (var length = 0; length < whole.Length; length++)
            FluentActions.Invoking(() => PthFile.Open(whole.AsMemory(0, length))).Should().Throw<ModelFormatException>($"cut at {length}");
    }
}
