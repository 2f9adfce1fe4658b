using TorchSharp;

namespace DeepGpu.Runtime;

/// <summary>A small computation run twice: in single precision, as models do, and in double precision,
/// which does not pass through oneDNN.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Run">Computes it in a format: outputs and, where wanted, gradients.</param>
internal sealed record EngineProbe(string Name, EngineComputations Kind, Func<torch.ScalarType, torch.Tensor[]> Run)
{
    /// <summary>Right computations differ by about 1e-7, wrong ones by 0.1 and more.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>What is wrong with it; null where it is right.</summary>
    public WrongComputation? Check()
    {
        using var scope = torch.NewDisposeScope();
        var errors = Run(torch.ScalarType.Float32).Zip(Run(torch.ScalarType.Float64), Error);
        return errors.Max() is var worst && worst > Tolerance ? new(Name, worst) : null;
    }

    /// <summary>The largest difference, as a share of the largest exact value but at least of 1;
    /// infinity where a number is not finite.</summary>
    internal static double Error(torch.Tensor single, torch.Tensor exact)
    {
        var difference = (single.to(torch.ScalarType.Float64) - exact).abs().max().item<double>();
        return double.IsFinite(difference) ? difference / Math.Max(1, exact.abs().max().item<double>()) : double.PositiveInfinity;
    }
}
