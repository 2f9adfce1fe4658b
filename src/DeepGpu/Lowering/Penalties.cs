using DeepGpu.Lowering;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Regularizers and constraints on tensors in Keras's layout.
/// Formulas: https://keras.io/api/layers/regularizers/, .../constraints/</summary>
public static class Penalties
{
    private const double Epsilon = 1e-7;

    /// <summary>The penalty on some values, one number.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="values">The values in Keras's layout.</param>
    /// <param name="extensions">The regularizers of your own; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">It is neither this library's nor registered.</exception>
    public static torch.Tensor Penalty(this Regularizer regularizer, torch.Tensor values, Extensions? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(regularizer);
        ArgumentNullException.ThrowIfNull(values);
        return regularizer switch
        {
            L1 l1 => values.abs().sum() * Number(l1.Factor),
            L2 l2 => values.Squared().sum() * Number(l2.Factor),
            L1L2 both => (values.abs().sum() * Number(both.L1)).Plus(values.Squared().sum() * Number(both.L2)),
            OrthogonalRegularizer orthogonal => Orthogonality(values, orthogonal),
            _ => (extensions ?? Extensions.None).Penalty(regularizer, values),
        };
    }

    /// <summary>Some values projected onto a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="values">The values in Keras's layout.</param>
    /// <param name="extensions">The constraints of your own; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">It is neither this library's nor registered.</exception>
    public static torch.Tensor Project(this Constraint constraint, torch.Tensor values, Extensions? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        ArgumentNullException.ThrowIfNull(values);
        return constraint switch
        {
            NonNeg => values.clamp_min(Number(0)),
            MaxNorm max => Scaled(values, max.Axis, norm => norm.clamp(Number(0), Number(max.MaxValue))),
            UnitNorm unit => values / Norm(values, unit.Axis).Plus(Epsilon),
            MinMaxNorm range => Scaled(values, range.Axis, norm =>
                (norm.clamp(Number(range.MinValue), Number(range.MaxValue)) * Number(range.Rate)).Plus(norm * Number(1 - range.Rate))),
            _ => (extensions ?? Extensions.None).Project(constraint, values),
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
