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
