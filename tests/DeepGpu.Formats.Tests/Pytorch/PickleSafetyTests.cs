namespace DeepGpu.Formats.Tests;

/// <summary>What a pickle asks for is refused by name and never done.</summary>
public class PickleSafetyTests
{
    public static TheoryData<string, byte[]> Forbidden => new()
    {
        { "named", PickleBytes.Protocol2.Global("os", "system").Op(".").ToArray() },
        { "called", PickleBytes.Protocol2.Global("os", "system").Text("true").Raw(0x85).Op("R.").ToArray() },
        { "as a value of a dict", PickleBytes.Protocol2.Op("}").Text("k").Global("os", "system").Op("s.").ToArray() },
        { "as a hook of a tensor",
            PickleBytes.Protocol2.Global("torch._utils", "_rebuild_tensor_v2").Op("(").Global("os", "system").Op("tR.").ToArray() },
        { "after STOP", PickleBytes.Protocol2.Op("}.").Global("os", "system").Text("true").Raw(0x85).Op("R.").ToArray() },
        { "by INST", PickleBytes.Protocol2.Op("(").Text("true").Op("i").Line("os").Line("system").Op(".").ToArray() },
        { "by OBJ", PickleBytes.Protocol2.Op("(").Global("os", "system").Text("true").Op("o.").ToArray() },
        { "by NEWOBJ", PickleBytes.Protocol2.Global("os", "system").Op(")").Raw(0x81).Op(".").ToArray() },
        { "by NEWOBJ_EX", PickleBytes.Protocol2.Global("os", "system").Op(")}").Raw(0x92).Op(".").ToArray() },
        { "by STACK_GLOBAL", PickleBytes.Protocol2.Text("os").Text("system").Raw(0x93).Op(".").ToArray() },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void A_forbidden_name_is_refused_by_name(string how, byte[] pickle)
    {
        var refusal = Refused.With("forbidden_global", () => PthFile.Open(PickleBytes.Archive(pickle)));
        refusal.Message.Should().Contain("os.system", how).And.Contain("Nothing was run");
        refusal.Offset.Should().NotBeNull();
    }

    [Theory]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch.serialization", "load")]
    [InlineData("torch", "Tensor")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("collections", "OrderedDict.__class__")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("System", "String")]
    [InlineData("DeepGpu.Formats", "PthFile")]
    public void Only_the_literal_list_of_names_is_known(string module, string name)
        => Refused.With("forbidden_global",
            () => PthFile.Open(PickleBytes.Archive(PickleBytes.Protocol2.Global(module, name).Op(".").ToArray())))
            .Message.Should().Contain($"{module}.{name}");

    [Fact]
    public void A_whole_pickled_model_is_told_apart_and_says_what_to_do()
        => Refused.With("whole_module",
            () => PthFile.Open(PickleBytes.Archive(PickleBytes.Protocol2.Global("torch.nn.modules.linear", "Linear").Op(".").ToArray())))
            .Message.Should().Contain("save only model.state_dict()");

    [Fact]
    public void Every_opcode_that_torch_does_not_write_is_refused_with_its_place()
    {
        byte[] known = [.. "(.GJKMNQRTUX]abcehjqrst)u}2i"u8, 0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x93];
        foreach (var opcode in Enumerable.Range(0, 256).Select(i => (byte)i).Except(known))
        {
            var refusal = Refused.With("forbidden_opcode",
                () => PthFile.Open(PickleBytes.Archive(PickleBytes.Protocol2.Raw(opcode).ToArray())));
            refusal.Fault.Received.Should().Be($"but uses opcode 0x{opcode:x2}.");
            refusal.Offset.Should().Be(2);
        }
    }

    [Fact]
    public void A_pickle_cut_at_any_byte_is_refused()
    {
        var whole = PickleBytes.Tensor();
        using (var file = PthFile.Open(PickleBytes.TensorArchive(whole))) file.Tensors.Should().ContainSingle();
        for (var length = 0; length < whole.Length; length++)
        {
            FluentActions.Invoking(() => PthFile.Open(PickleBytes.TensorArchive(whole[..length])))
                .Should().Throw<ModelFormatException>($"cut at {length}");
        }
    }

    public static TheoryData<string, byte[]> Lengths => new()
    {
        { "a text of 4 GiB", PickleBytes.Protocol2.Op("X").Raw(255, 255, 255, 255).ToArray() },
        { "a byte text of 2 GiB", PickleBytes.Protocol2.Op("T").Raw(255, 255, 255, 127).ToArray() },
        { "a number of 2 GiB", PickleBytes.Protocol2.Raw(0x8b, 255, 255, 255, 127).ToArray() },
        { "a number of -1 bytes", PickleBytes.Protocol2.Raw(0x8b, 255, 255, 255, 255).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_length_that_the_file_does_not_have_takes_no_memory(string what, byte[] pickle)
    {
        var archive = PickleBytes.Archive(pickle);
        Allocated(() => Refused.With("pickle_truncated", () => PthFile.Open(archive))).Should().BeLessThan(1 << 20, what);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "stack underflow", PickleBytes.Protocol2.Op("R.").ToArray() },
        { "STOP on an empty stack", PickleBytes.Protocol2.Op(".").ToArray() },
        { "STOP with two values", PickleBytes.Protocol2.Op("NN.").ToArray() },
        { "a missing mark", PickleBytes.Protocol2.Op("Nt.").ToArray() },
        { "a mark taken as a value", PickleBytes.Protocol2.Op("]a.").ToArray() },
        { "a memo that was never filled", PickleBytes.Protocol2.Op("h").Raw(7).Op(".").ToArray() },
        { "a key without a value", PickleBytes.Protocol2.Op("}(").Text("k").Op("u.").ToArray() },
        { "a list as a key", PickleBytes.Protocol2.Op("}]Ns.").ToArray() },
        { "APPEND on a dict", PickleBytes.Protocol2.Op("}Na.").ToArray() },
        { "SETITEM on a list", PickleBytes.Protocol2.Op("]NNs.").ToArray() },
        { "BUILD on a list", PickleBytes.Protocol2.Op("]}b.").ToArray() },
        { "a call without a tuple", PickleBytes.Protocol2.Global("collections", "OrderedDict").Op("]R.").ToArray() },
        { "arguments that do not fit", PickleBytes.Protocol2.Global("torch._utils", "_rebuild_tensor_v2").Op(")R.").ToArray() },
        { "a persistent id that is a text", PickleBytes.Protocol2.Text("0").Op("Q.").ToArray() },
        { "a persistent id that is too short", PickleBytes.Protocol2.Op("(").Text("storage").Op("tQ.").ToArray() },
        { "a persistent id of another kind", PickleBytes.Tensor(kind: "model") },
        { "a dict that holds itself", PickleBytes.Protocol2.Op("}q").Raw(0).Text("me").Op("h").Raw(0).Op("s.").ToArray() },
        { "a list that holds itself", PickleBytes.Protocol2.Op("]q").Raw(0).Op("h").Raw(0).Op("a.").ToArray() },
        { "a text that is not UTF-8", PickleBytes.Protocol2.Op("X").Raw(2, 0, 0, 0, 0xc0, 0xaf).Op(".").ToArray() },
        { "a protocol from the future", new PickleBytes().Raw(0x80, 9).Op("}.").ToArray() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_malformed_pickle_is_refused(string how, byte[] pickle)
        => Refused.With("pickle_malformed", () => PthFile.Open(PickleBytes.TensorArchive(pickle))).Message.Should().NotBeEmpty(how);

    [Fact]
    public void A_sparse_memo_takes_no_more_memory_than_a_dense_one()
    {
        var pickle = PickleBytes.Protocol2.Op("}r").Raw(255, 255, 255, 127).Op("j").Raw(255, 255, 255, 127).Op("0.").ToArray();
        Allocated(() => Refused.With("forbidden_opcode", () => PthFile.Open(PickleBytes.Archive(pickle)))).Should().BeLessThan(1 << 20);
    }

    public static TheoryData<string, string, byte[]> Bombs
    {
        get
        {
            var (tuples, lists, shared) = (PickleBytes.Protocol2.Op("N"), PickleBytes.Protocol2, PickleBytes.Protocol2.Op("]q").Raw(0));
            for (var i = 0; i < 200_000; i++) tuples.Raw(0x85);
            for (var i = 0; i < 200_000; i++) lists.Op("](");
            for (var i = 0; i < 60; i++) shared.Op("](h").Raw((byte)i).Op("h").Raw((byte)i).Op("eq").Raw((byte)(i + 1));
            return new()
            {
                { "200,000 nested tuples", "too_deep", tuples.Op(".").ToArray() },
                { "200,000 open lists", "pickle_truncated", lists.ToArray() },
                { "2^60 leaves through the memo", "pickle_malformed", shared.Op(".").ToArray() },
                { "2^60 leaves through the memo, one root", "expansion_bomb", MemoBomb() },
                { "2^60 leaves by doubling", "expansion_bomb", Enumerable.Range(0, 60)
                    .Aggregate(PickleBytes.Protocol2.Text("x"), (bytes, _) => bytes.Op("2").Raw(0x86)).Op(".").ToArray() },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_neither_hangs_nor_fills_the_memory_nor_ends_the_process(string what, string code, byte[] pickle)
    {
        var archive = PickleBytes.Archive(pickle);
        var allocated = await Task.Run(() => Allocated(() => Refused.With(code, () => PthFile.Open(archive))))
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        allocated.Should().BeLessThan(64 << 20, what);
    }

    [Fact]
    public void A_key_that_appears_twice_is_refused()
        => Refused.With("duplicate_name",
            () => PthFile.Open(PickleBytes.Archive(PickleBytes.Protocol2.Op("}(").Text("k").Op("N").Text("k").Op("Nu.").ToArray())));

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] MemoBomb()
    {
        var bytes = PickleBytes.Protocol2.Op("]q").Raw(0);
        for (var i = 0; i < 60; i++) bytes.Op("h").Raw((byte)i).Raw(0x86).Op("q").Raw((byte)(i + 1));
        return bytes.Op(".").ToArray();
    }
}
