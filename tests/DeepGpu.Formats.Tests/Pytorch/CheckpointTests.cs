namespace DeepGpu.Formats.Tests;

/// <summary>Checkpoints of PyTorch Lightning and of training scripts: weights beside settings, of which only data is taken.</summary>
public class CheckpointTests
{
    private static readonly string[] Holders =
    [
        "argparse\nNamespace", "pytorch_lightning.utilities.parsing\nAttributeDict", "lightning_fabric.utilities.data\nAttributeDict",
        "lightning.fabric.utilities.data\nAttributeDict",
    ];

    /// <summary>As pickle writes an object with __dict__: copy_reg.__newobj__ of the class, then its attributes by BUILD.</summary>
    public static TheoryData<string> Classes => [.. Holders];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Settings_by_name_are_read_as_values(string holder)
    {
        var parts = holder.Split('\n');
        var settings = PickleBytes.Protocol2.Global(parts[0], parts[1]).Op(")").Raw(0x81).Op("}(").Text("lr").Op("G")
            .Raw(0x3f, 0x50, 0x62, 0x4d, 0xd2, 0xf1, 0xa9, 0xfc).Text("name").Text("net").Text("layers").Op("](")
            .Raw((byte)'K', 3, (byte)'K', 5).Op("eub");
        using var file = PthFile.Open(PickleBytes.TensorArchive(Checkpoint(settings)));
        file.Tensors.Should().ContainSingle().Which.Name.Should().Be("state_dict.w");
        var found = file.Root["hyper_parameters"].Should().BeOfType<CheckpointGroup>().Subject;
        found["lr"].Should().Be(new CheckpointValue(0.001));
        found["name"].Should().Be(new CheckpointValue("net"));
        ((CheckpointGroup)found["layers"]!).Children.Select(child => child.Value).Should()
            .Equal(new CheckpointValue(3L), new CheckpointValue(5L));
        file.Root["epoch"].Should().Be(new CheckpointValue(7L));
    }

    /// <summary>A dict with attributes, as Lightning's own AttributeDict is.</summary>
    [Fact]
    public void Settings_that_are_a_dict_are_read_as_values()
    {
        var settings = PickleBytes.Protocol2.Op("}(").Text("batch_size").Long(64).Text("deep").Raw(0x88).Op("u");
        using var file = PthFile.Open(PickleBytes.TensorArchive(Checkpoint(settings)));
        ((CheckpointGroup)file.Root["hyper_parameters"]!)["deep"].Should().Be(new CheckpointValue(true));
        file.Read(file.Tensors[0]).ToArray<float>().ToArray().Should().Equal(0, 1, 2, 3, 4, 5);
    }

    /// <summary>A setting that is a function or an object of a class is code, or leads to it.</summary>
    [Theory]
    [InlineData("my_project.models", "Net")]
    [InlineData("builtins", "print")]
    [InlineData("torch.optim.adam", "Adam")]
    public void Settings_that_name_code_are_refused_by_name(string module, string name)
    {
        var settings = PickleBytes.Protocol2.Op("}(").Text("model").Global(module, name).Op("u");
        var refused = Refused.With("forbidden_global", () => PthFile.Open(PickleBytes.TensorArchive(Checkpoint(settings))));
        refused.Message.Should().Contain($"{module}.{name}").And.Contain("save only model.state_dict()");
    }

    [Theory]
    [InlineData("torch._utils", "_rebuild_qtensor")]
    [InlineData("torch", "quint4x2")]
    [InlineData("torch.ao.nn.quantized.modules.linear", "Linear")]
    [InlineData("torch.nn.quantized.modules.conv", "Conv2d")]
    public void Quantised_tensors_are_refused_by_name_with_the_way_out(string module, string name)
    {
        var pickle = PickleBytes.Protocol2.Op("}(").Text("w").Global(module, name).Op("u.").ToArray();
        var refused = Refused.With("quantized", () => PthFile.Open(PickleBytes.Archive(pickle)));
        refused.Message.Should().Contain($"{module}.{name}").And.Contain("dequantize()");
    }

    [Theory]
    [InlineData("archive/constants.pkl")]
    [InlineData("archive/code/__torch__/net.py")]
    public void A_TorchScript_archive_is_refused_by_name_with_the_way_out(string member)
    {
        var archive = PickleBytes.Archive(PickleBytes.Tensor(), ("archive/data/0", PickleBytes.Record), (member, [1]));
        Refused.With("torchscript", () => PthFile.Open(archive)).Message.Should().Contain("torch.jit.load").And.Contain("state_dict()");
    }

    /// <summary>{"epoch": 7, "state_dict": {"w": ...}, "hyper_parameters": ...}; the pieces are written without their protocol.</summary>
    private static byte[] Checkpoint(PickleBytes settings)
    {
        var tensor = PickleBytes.Tensor()[2..^1];
        return PickleBytes.Protocol2.Op("}(").Text("epoch").Raw((byte)'K', 7).Text("state_dict").Raw(tensor)
            .Text("hyper_parameters").Raw(settings.ToArray()[2..]).Op("u.").ToArray();
    }
}
