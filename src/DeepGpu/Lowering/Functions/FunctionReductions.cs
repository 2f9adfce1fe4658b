using TorchSharp;
using static DeepGpu.Lowering.FunctionTable;

namespace DeepGpu.Lowering;

/// <summary>Functions that reduce axes.</summary>
internal static class FunctionReductions
{
    public static Dictionary<string, Func<FunctionPass, torch.Tensor>> Rows => new()
    {
        ["Mean"] = pass => Float(pass.X).mean(pass.AxesOf(pass.X), Keeps(pass)),
        ["Sum"] = pass => pass.X.sum(pass.AxesOf(pass.X), Keeps(pass)),
        ["Max"] = pass => pass.X.amax(pass.AxesOf(pass.X), Keeps(pass)),
        ["Amax"] = pass => pass.X.amax(pass.AxesOf(pass.X), Keeps(pass)),
        ["Min"] = pass => pass.X.amin(pass.AxesOf(pass.X), Keeps(pass)),
        ["Amin"] = pass => pass.X.amin(pass.AxesOf(pass.X), Keeps(pass)),
        ["Prod"] = pass => Each(pass, (x, axis) => x.prod(axis, keepdim: true)),
        ["Var"] = pass => Variance(pass),
        ["Std"] = pass => Variance(pass).sqrt(),
        ["Any"] = pass => Each(pass, (x, axis) => x.any(axis, keepdim: true), torch.ScalarType.Bool),
        ["All"] = pass => Each(pass, (x, axis) => x.all(axis, keepdim: true), torch.ScalarType.Bool),
        ["CountNonzero"] = pass => pass.X.to(torch.ScalarType.Bool).sum(pass.AxesOf(pass.X), Keeps(pass)),
        ["Median"] = Median,
        ["Logsumexp"] = LogSumExp,
        ["Norm"] = Norm,
        ["Argmax"] = pass => Place(pass, (x, axis) => x.argmax(axis)),
        ["Argmin"] = pass => Place(pass, (x, axis) => x.argmin(axis)),
    };

    /// <summary>x over its norm along some axes.</summary>
    public static torch.Tensor Normalized(FunctionPass pass)
    {
        var (x, order, epsilon) = (Float(pass.X), pass.Function.Number("order") ?? 2, pass.Function.Number("epsilon") ?? 1e-12);
        long[] axes = pass.Function.Argument("axis") is null ? [-1] : pass.AxesOf(x);
        return x / Norm(x, order, axes, keeps: true).clamp_min(Number(epsilon));
    }

    private static bool Keeps(FunctionPass pass) => pass.Function.Flag("keepdims");

    private static torch.Tensor Each(FunctionPass pass, Func<torch.Tensor, long, torch.Tensor> reduce, torch.ScalarType? type = null)
    {
        var x = type is { } wanted ? pass.X.to(wanted) : pass.X;
        var axes = pass.AxesOf(x);
        return Squeezed(axes.Aggregate(x, reduce), axes, Keeps(pass));
    }

    private static torch.Tensor Squeezed(torch.Tensor x, long[] axes, bool keeps)
        => keeps ? x : x.reshape([.. x.shape.Where((_, axis) => !axes.Contains(axis))]);

    private static torch.Tensor Variance(FunctionPass pass)
    {
        var x = Float(pass.X);
        var axes = pass.AxesOf(x);
        var centred = x - x.mean(axes, keepdim: true);
        return (centred * centred).mean(axes, Keeps(pass));
    }

    private static torch.Tensor Median(FunctionPass pass)
    {
        var x = Float(pass.X);
        var axes = pass.AxesOf(x);
        long[] order = [.. Enumerable.Range(0, (int)x.dim()).Select(axis => (long)axis).Except(axes), .. axes];
        var (sorted, _) = x.permute(order).flatten(x.dim() - axes.Length).sort(-1);
        var length = sorted.shape[^1];
        var middle = sorted.select(-1, (length - 1) / 2).Plus(sorted.select(-1, length / 2)) / Number(2);
        return Keeps(pass) ? middle.reshape([.. x.shape.Select((n, axis) => axes.Contains(axis) ? 1 : n)]) : middle;
    }

    private static torch.Tensor LogSumExp(FunctionPass pass)
    {
        var x = Float(pass.X);
        var axes = pass.AxesOf(x);
        var highest = x.amax(axes, keepdim: true).detach();
        var finite = torch.where(highest.isfinite(), highest, torch.zeros_like(highest));
        return Squeezed((x - finite).exp().sum(axes, keepdim: true).log().Plus(finite), axes, Keeps(pass));
    }

    private static torch.Tensor Norm(FunctionPass pass)
    {
        var (x, order) = (Float(pass.X), pass.Function.Argument("ord") switch
        {
            null => 2,
            Models.TextArgument { Value: "fro" or "euclidean" } => 2,
            Models.TextArgument { Value: "inf" } => double.PositiveInfinity,
            _ => pass.Function.Number("ord")!.Value,
        });
        return Norm(x, order, pass.AxesOf(x), Keeps(pass));
    }

    private static torch.Tensor Norm(torch.Tensor x, double order, long[] axes, bool keeps) => order switch
    {
        2 => (x * x).sum(axes, keeps).sqrt(),
        1 => x.abs().sum(axes, keeps),
        double.PositiveInfinity => x.abs().amax(axes, keeps),
        double.NegativeInfinity => x.abs().amin(axes, keeps),
        0 => x.to(torch.ScalarType.Bool).sum(axes, keeps).to(x.dtype),
        _ => x.abs().pow(Number(order)).sum(axes, keeps).pow(Number(1 / order)),
    };

    private static torch.Tensor Place(FunctionPass pass, Func<torch.Tensor, long, torch.Tensor> find)
    {
        var x = pass.X;
        if (pass.Function.Argument("axis") is null)
        {
            var place = find(x.flatten(), 0);
            return Keeps(pass) ? place.reshape([.. x.shape.Select(_ => 1L)]) : place;
        }

        var axis = pass.Axis(-1, (int)x.dim());
        var found = find(x, axis);
        return Keeps(pass) ? found.unsqueeze(axis) : found;
    }
}
