using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Regularizers and constraints on tensors in Keras's layout.
/// Formulas: https://keras.io/api/layers/regularizers/, .../constraints/</summary>
public static class Penalties
{
    private const double Epsilon = 1e-7;

    /// <summary>The penalty on some values, one number.</summary>
    public static torch.Tensor Penalty(this Regularizer regularizer, torch.Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return regularizer switch
        {
            L1 l1 => values.abs().sum() * Number(l1.Factor),
            L2 l2 => values.Squared().sum() * Number(l2.Factor),
            L1L2 both => (values.abs().sum() * Number(both.L1)).Plus(values.Squared().sum() * Number(both.L2)),
            OrthogonalRegularizer orthogonal => Orthogonality(values, orthogonal),
            _ => throw Require.OutOfRange("Regularizer", nameof(regularizer), "one this engine knows", regularizer?.GetType().Name),
        };
    }

    /// <summary>Some values projected onto a constraint.</summary>
    public static torch.Tensor Project(this Constraint constraint, torch.Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return constraint switch
        {
            NonNeg => values.clamp_min(Number(0)),
            MaxNorm max => Scaled(values, max.Axis, norm => norm.clamp(Number(0), Number(max.MaxValue))),
            UnitNorm unit => values / Norm(values, unit.Axis).Plus(Epsilon),
            MinMaxNorm range => Scaled(values, range.Axis, norm =>
                (norm.clamp(Number(range.MinValue), Number(range.MaxValue)) * Number(range.Rate)).Plus(norm * Number(1 - range.Rate))),
            _ => throw Require.OutOfRange("Constraint", nameof(constraint), "one this engine knows", constraint?.GetType().Name),
        };
    }

    private static torch.Tensor Scaled(torch.Tensor values, Axes axes, Func<torch.Tensor, torch.Tensor> desired)
    {
        var norm = Norm(values, axes);
        return values * (desired(norm) / norm.Plus(Epsilon));
    }

    private static torch.Tensor Norm(torch.Tensor values, Axes axes)
        => values.Squared().sum([.. axes.In((int)values.dim()).Select(axis => (long)axis)], keepdim: true).sqrt();

    /// <summary>factor times the mean absolute cosine over pairs of different rows (or columns).</summary>
    private static torch.Tensor Orthogonality(torch.Tensor matrix, OrthogonalRegularizer regularizer)
    {
        var vectors = regularizer.Mode == MatrixSide.Rows ? matrix : matrix.t();
        var unit = vectors / vectors.Squared().sum(1, keepdim: true).clamp_min(Number(1e-12)).sqrt();
        var size = vectors.shape[0];
        var cosines = unit.mm(unit.t()) * torch.eye(size, dtype: matrix.dtype, device: matrix.device).SubtractedFrom(1);
        return cosines.abs().sum() * Number(0.5 * regularizer.Factor / (size * (size - 1.0) / 2));
    }
}
