namespace DeepGpu.Models;

/// <summary>Pushes the rows or columns of a matrix to be orthogonal: factor * mean |cosine| over pairs.
/// Keras's OrthogonalRegularizer.</summary>
/// <param name="Factor">Default 0.01.</param>
/// <param name="Mode">Rows or columns; default rows.</param>
public sealed record OrthogonalRegularizer(double Factor = 0.01, MatrixSide Mode = MatrixSide.Rows) : Regularizer
{
    /// <summary>The factor.</summary>
    public double Factor
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(OrthogonalRegularizer), nameof(Factor));
    } = Require.AtLeast(Factor, 0, nameof(OrthogonalRegularizer));
}

/// <summary>A side of a matrix.</summary>
public enum MatrixSide
{
    /// <summary>Its rows.</summary>
    Rows,

    /// <summary>Its columns.</summary>
    Columns,
}
