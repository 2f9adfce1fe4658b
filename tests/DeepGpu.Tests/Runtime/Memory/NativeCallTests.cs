using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using DeepGpu.Operations;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>A tensor that cannot be had is an exception, never a handle to nothing or the end of the process.</summary>
public class NativeCallTests
{
    private static readonly long[] Giant = [1L << 50];

    public static TheoryData<string> Factories => [.. Makers().Keys];

    public static TheoryData<string> Operations => [.. Calls().Keys];

    [Theory]
    [MemberData(nameof(Factories))]
    public void A_factory_that_the_library_uses_throws_where_memory_ends(string name)
    {
        using var scope = torch.NewDisposeScope();
        var error = FluentActions.Invoking(Makers()[name]).Should().Throw<ExternalException>().Which;
        OutOfMemory.Is(error).Should().BeTrue(error.Message);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_that_layers_use_throws_where_memory_ends(string name)
    {
        using var scope = torch.NewDisposeScope();
        FluentActions.Invoking(Calls()[name]).Should().Throw<ExternalException>();
    }

    /// <summary>TorchSharp 0.107's rand yields a handle to nothing where memory ends, and its matmul lets every error of torch end the
    /// process.</summary>
    [Fact]
    public void The_engine_does_not_call_what_ends_the_process()
    {
        var called = Called();
        called.Should().NotContain(["matmul", "rand", "rand_like"]).And.Contain(["bmm", "empty"]);
    }

    private static Dictionary<string, Func<torch.Tensor>> Makers()
    {
        var random = new torch.Generator(1);
        var wide = torch.ones(1).expand(1L << 50);
        return new()
        {
            ["empty"] = () => torch.empty(Giant),
            ["zeros"] = () => torch.zeros(Giant),
            ["ones"] = () => torch.ones(Giant),
            ["full"] = () => torch.full(Giant, 1f),
            ["randn"] = () => torch.randn(Giant, torch.ScalarType.Float32, generator: random),
            ["arange"] = () => torch.arange(1L << 50),
            ["eye"] = () => torch.eye(1L << 25, 1L << 25),
            ["empty_like"] = () => torch.empty_like(wide),
            ["zeros_like"] = () => torch.zeros_like(wide),
            ["ones_like"] = () => torch.ones_like(wide),
            ["full_like"] = () => torch.full_like(wide, 1f),
            ["clone"] = wide.clone,
            ["to"] = () => wide.to(torch.ScalarType.Float64),
            ["contiguous"] = () => wide.contiguous(),
            ["Fresh.Uniform"] = () => Fresh.Uniform(Giant, torch.ScalarType.Float32, random),
            ["Fresh.Permutation"] = () => Fresh.Permutation(1L << 50, random),
        };
    }

    private static Dictionary<string, Func<torch.Tensor>> Calls()
    {
        var (row, image) = (torch.ones(1, 1).expand(1L << 40, 4), torch.ones(1, 1, 1, 1).expand(1L << 40, 1, 3, 3));
        var series = torch.ones(1, 1, 1).expand(1L << 40, 2, 3);
        return new()
        {
            ["linear"] = () => torch.nn.functional.linear(row, torch.ones(5, 4)),
            ["mm"] = () => row.mm(torch.ones(4, 5)),
            ["bmm"] = () => series.bmm(torch.ones(1, 1, 1).expand(1L << 40, 3, 2)),
            ["Products.ByMatrix"] = () => Products.ByMatrix(row, torch.ones(4, 5)),
            ["Products.ByBatch"] = () => Products.ByBatch(series.unsqueeze(0), series.unsqueeze(0).transpose(-1, -2)),
            ["add"] = () => row + 1,
            ["relu"] = () => row.relu(),
            ["softmax"] = () => row.softmax(-1),
            ["cat"] = () => torch.cat([row, row]),
            ["stack"] = () => torch.stack([row, row]),
            ["index_select"] = () => torch.ones(1, 1).expand(4, 1L << 40).index_select(0, torch.tensor(new long[] { 1, 2 })),
            ["repeat_interleave"] = () => row.repeat_interleave(2, 0),
            ["max_pool2d"] = () => torch.nn.functional.max_pool2d(image, [2L, 2L]),
            ["avg_pool2d"] = () => torch.nn.functional.avg_pool2d(image, [2L, 2L]),
            ["pad"] = () => torch.nn.functional.pad(image, [1L, 1L]),
            ["where"] = () => torch.where(row.gt(0), row, row),
            ["einsum"] = () => torch.einsum("ab,bc->ac", row, torch.ones(4, 5)),
            ["mismatch of mm"] = () => torch.ones(2, 3).mm(torch.ones(2, 3)),
            ["mismatch of bmm"] = () => torch.ones(2, 3, 4).bmm(torch.ones(2, 3, 4)),
            ["mismatch of linear"] = () => Products.ByMatrix(torch.ones(2, 3), torch.ones(2, 3)),
        };
    }

    /// <summary>The names of TorchSharp's members that the engine's assembly refers to.</summary>
    private static HashSet<string> Called()
    {
        using var file = new PEReader(File.OpenRead(typeof(Model).Assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => IsOfTorch(metadata, member.Parent)).Select(member => metadata.GetString(member.Name))];
    }

    private static bool IsOfTorch(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeReference) return false;
        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type =
            metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "TorchSharp";
    }
}
