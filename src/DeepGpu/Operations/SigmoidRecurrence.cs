using TorchSharp;

namespace DeepGpu;

/// <summary>SimpleRNN (tanh) and GRU (reset after) on the CPU in single precision: forward and backward passes of our own,
/// about twice as fast as torch's.</summary>
/// <remarks>
/// They keep u = (h + 1) / 2 instead of the state h. As tanh(a) = 2 sigmoid(2a) - 1, u' = sigmoid(2a) for SimpleRNN and
/// u' = lerp(sigmoid(2a), u, z) for GRU: exact, without tanh, which costs five times the sigmoid. The factors go into the weights.
/// Backward, each gate's gradient is the state's times a factor that is known beforehand, so the factors of all steps take
/// a few kernels, a step three, and each weight's gradient is one product over all steps.
/// Time leads inside: (time, batch, units). The text is constant and covered by tests: a faulty one would end the process.
/// </remarks>
internal static class SigmoidRecurrence
{
    private const string Source = """
        def rnntanh(x: Tensor, h0: Tensor, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor) -> List[Tensor]:
            B = x.size(0)
            T = x.size(1)
            H = wh.size(1)
            xt = x.transpose(0, 1).reshape(T * B, -1)
            us = torch.empty([T + 1, B, H])
            torch.addmm((bi + bh - wh.sum(1)) * 2.0, xt, wi.t(), alpha=2.0, out=us.narrow(0, 1, T).view(T * B, H))
            uo = us.unbind(0)
            u = uo[0].copy_(h0).add_(1.0).mul_(0.5)
            w = (wh * 4.0).t().contiguous()
            for t in range(T):
                u = uo[t + 1].addmm_(u, w).sigmoid_()
            return [us, xt]

        def gru(x: Tensor, h0: Tensor, wi: Tensor, wh: Tensor, bi: Tensor, bh: Tensor) -> List[Tensor]:
            B = x.size(0)
            T = x.size(1)
            H = wh.size(1)
            xt = x.transpose(0, 1).reshape(T * B, -1)
            base = torch.empty([T * B, 3 * H])
            b = bh - wh.sum(1)
            torch.addmm((bi + b).narrow(0, 0, 2 * H), xt, wi.narrow(0, 0, 2 * H).t(), out=base.narrow(1, 0, 2 * H))
            base.narrow(1, 2 * H, H).copy_(b.narrow(0, 2 * H, H) * 2.0)
            n = torch.addmm(bi.narrow(0, 2 * H, H) * 2.0, xt, wi.narrow(0, 2 * H, H).t(), alpha=2.0).view(T, B, H)
            base = base.view(T, B, 3 * H)
            us = torch.empty([T + 1, B, H])
            uo = us.unbind(0)
            u = uo[0].copy_(h0).add_(1.0).mul_(0.5)
            w2 = wh * 2.0
            w2.narrow(0, 2 * H, H).mul_(2.0)
            w = w2.t().contiguous()
            bs = base.unbind(0)
            rzs = base.narrow(2, 0, 2 * H).unbind(0)
            rs = base.narrow(2, 0, H).unbind(0)
            zs = base.narrow(2, H, H).unbind(0)
            gs = base.narrow(2, 2 * H, H).unbind(0)
            ns = n.unbind(0)
            for t in range(T):
                bs[t].addmm_(u, w)
                rzs[t].sigmoid_()
                nt = ns[t].addcmul_(rs[t], gs[t]).sigmoid_()
                u = torch.lerp(nt, u, zs[t], out=uo[t + 1])
            return [us, xt, base, n]

        def last_output(us: Tensor) -> Tensor:
            return us[-1] * 2.0 - 1.0

        def all_outputs(us: Tensor) -> Tensor:
            return (us.narrow(0, 1, us.size(0) - 1) * 2.0 - 1.0).transpose(0, 1)

        def begin_back(dy: Tensor, T: int) -> Tuple[Tensor, List[Tensor]]:
            ds = torch.empty([T, dy.size(0), dy.size(-1)])
            if dy.dim() == 3:
                dt = dy.transpose(0, 1)
                ds[T - 1].copy_(dt[T - 1])
                return (ds, dt.unbind(0))
            ds[T - 1].copy_(dy)
            return (ds, [])

        def rnntanh_back(dy: Tensor, wi: Tensor, wh: Tensor, us: Tensor, xt: Tensor, needs_x: bool) -> List[Tensor]:
            T = us.size(0) - 1
            B = us.size(1)
            H = us.size(2)
            ds, dts = begin_back(dy, T)
            u1 = us.narrow(0, 1, T)
            k = torch.addcmul(u1, u1, u1, value=-1.0).mul_(4.0)
            dl = ds.unbind(0)
            kl = k.unbind(0)
            for i in range(T):
                t = T - 1 - i
                d = dl[t].mul_(kl[t])
                if t > 0:
                    if len(dts) > 0:
                        torch.addmm(dts[t - 1], d, wh, out=dl[t - 1])
                    else:
                        torch.mm(d, wh, out=dl[t - 1])
            d2 = ds.view(T * B, H)
            db = d2.sum(0)
            dwh = torch.mm(d2.t(), us.narrow(0, 0, T).view(T * B, H)).mul_(2.0).sub_(db.unsqueeze(1))
            dwi = torch.mm(d2.t(), xt)
            dh0 = torch.mm(dl[0], wh)
            if needs_x:
                return [torch.mm(d2, wi).view(T, B, -1).transpose(0, 1), dh0, dwi, dwh, db, db.clone()]
            return [dh0, dh0, dwi, dwh, db, db.clone()]

        def gru_back(dy: Tensor, wi: Tensor, wh: Tensor, us: Tensor, xt: Tensor, base: Tensor, n: Tensor, needs_x: bool) -> List[Tensor]:
            T = us.size(0) - 1
            B = us.size(1)
            H = us.size(2)
            ds, dts = begin_back(dy, T)
            r = base.narrow(2, 0, H)
            z = base.narrow(2, H, H)
            g = base.narrow(2, 2 * H, H)
            up = us.narrow(0, 0, T)
            a = torch.addcmul(n, n, n, value=-1.0).mul_(1.0 - z).mul_(4.0)
            dg = torch.empty([T, B, 3 * H])
            kn = torch.mul(a, r, out=dg.narrow(2, 2 * H, H))
            torch.mul(torch.mul(kn, g).mul_(0.5), 1.0 - r, out=dg.narrow(2, 0, H))
            torch.mul((up - n).mul_(z).mul_(2.0), 1.0 - z, out=dg.narrow(2, H, H))
            dl = ds.unbind(0)
            kl = dg.unbind(0)
            k3 = dg.view(T, B, 3, H).unbind(0)
            d3 = ds.unsqueeze(2).unbind(0)
            zs = z.unbind(0)
            for i in range(T):
                t = T - 1 - i
                k3[t].mul_(d3[t])
                if t > 0:
                    if len(dts) > 0:
                        torch.addcmul(dts[t - 1], dl[t], zs[t], out=dl[t - 1]).addmm_(kl[t], wh)
                    else:
                        torch.mul(dl[t], zs[t], out=dl[t - 1]).addmm_(kl[t], wh)
            dh0 = torch.mul(dl[0], zs[0]).addmm_(kl[0], wh)
            d2 = dg.view(T * B, 3 * H)
            dbh = d2.sum(0)
            dwh = torch.mm(d2.t(), up.view(T * B, H)).mul_(2.0).sub_(dbh.unsqueeze(1))
            torch.mul(ds, a, out=dg.narrow(2, 2 * H, H))
            dwi = torch.mm(d2.t(), xt)
            dbi = d2.sum(0)
            if needs_x:
                return [torch.mm(d2, wi).view(T, B, -1).transpose(0, 1), dh0, dwi, dwh, dbi, dbh]
            return [dh0, dh0, dwi, dwh, dbi, dbh]

        """;

    private static readonly Lazy<torch.jit.CompilationUnit> Unit = new(() => torch.jit.compile(Source));

    /// <summary>Whether it can take a sequence's place in torch's kernel.</summary>
    public static bool Serves(FusedKernel kernel, torch.Tensor sequence)
        => kernel is FusedKernel.RnnTanh or FusedKernel.Gru && sequence.device_type == DeviceType.CPU
            && sequence.dtype == torch.ScalarType.Float32;

    /// <summary>Runs a sequence.</summary>
    /// <param name="kernel">Which of the two.</param>
    /// <param name="sequence">(batch, time, features).</param>
    /// <param name="state">(batch, units).</param>
    /// <param name="weights">Kernel, recurrent kernel and, if any, two biases, as torch's kernels take them.</param>
    /// <param name="all">Whether every step's output is wanted, or the last one's.</param>
    /// <returns>(batch, time, units), or (batch, units).</returns>
    public static torch.Tensor Run(FusedKernel kernel, torch.Tensor sequence, torch.Tensor state, torch.Tensor[] weights, bool all)
    {
        var zero = weights.Length == 2 ? torch.zeros(weights[0].shape[0]) : null;
        object[] tensors = [sequence, state, weights[0], weights[1], zero ?? weights[2], zero ?? weights[3]];
        var isTraining = torch.is_grad_enabled() && tensors.Any(tensor => ((torch.Tensor)tensor).requires_grad);
        return isTraining ? SigmoidRecurrenceFunction.apply([kernel, all, .. tensors]) : Outputs(Forward(kernel, tensors)[0], all);
    }

    /// <summary>The states u, then what the backward pass needs beside them.</summary>
    internal static torch.Tensor[] Forward(FusedKernel kernel, object[] tensors)
        => (torch.Tensor[])Unit.Value.invoke(Name(kernel), tensors);

    internal static torch.Tensor Outputs(torch.Tensor states, bool all)
        => (torch.Tensor)Unit.Value.invoke(all ? "all_outputs" : "last_output", states);

    /// <summary>The gradients of sequence, state, kernel, recurrent kernel and both biases.</summary>
    internal static torch.Tensor[] Backward(FusedKernel kernel, torch.Tensor gradient, IEnumerable<torch.Tensor> saved, bool needsSequence)
        => (torch.Tensor[])Unit.Value.invoke(Name(kernel) + "_back", [gradient, .. saved, needsSequence]);

    private static string Name(FusedKernel kernel) => kernel == FusedKernel.Gru ? "gru" : "rnntanh";
}
