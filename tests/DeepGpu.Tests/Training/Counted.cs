using System.Text.Json.Serialization;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>A layer whose nodes in autograd's graph are counted.</summary>
public sealed record Counted : UnaryLayer
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;
}

[JsonSerializable(typeof(Counted))]
internal sealed partial class CountedJson : JsonSerializerContext;

/// <summary>The nodes of autograd's graph that are alive, counted whenever one is made.</summary>
internal static class Alive
{
    private static readonly List<WeakReference> Nodes = [];

    public static int Peak { get; private set; }

    public static void Clear()
    {
        Nodes.Clear();
        Peak = 0;
    }

    public static object New()
    {
        var node = new object();
        Nodes.Add(new(node));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Nodes.RemoveAll(reference => !reference.IsAlive);
        Peak = Math.Max(Peak, Nodes.Count);
        return node;
    }
}

internal sealed class CountedFunction : torch.autograd.SingleTensorFunction<CountedFunction>
{
    public override string Name => nameof(CountedFunction);

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("node", Alive.New());
        return ((torch.Tensor)vars[0]).mul(2);
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output) => [grad_output.mul(2)];
}

internal sealed class LiveCounted : UnaryLiveLayer
{
    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        => torch.is_grad_enabled() ? CountedFunction.apply(input) : input.mul(2);
}
