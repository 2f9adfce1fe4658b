using TorchSharp;

namespace DeepGpu;

/// <content>Losses of numbers, vectors and segments, with Keras's names and defaults.</content>
public abstract partial class Loss
{
    /// <summary>The mean of the squared differences.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss MeanSquaredError(Reduction reduction = Reduction.SumOverBatchSize) => new MeanSquaredError { Reduction = reduction };

    /// <summary>The mean of the absolute differences.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss MeanAbsoluteError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanAbsoluteError { Reduction = reduction };

    /// <summary>The mean of the absolute differences as a share of the target, in percent.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss MeanAbsolutePercentageError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanAbsolutePercentageError { Reduction = reduction };

    /// <summary>The mean of the squared differences of log(1 + value).</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss MeanSquaredLogarithmicError(Reduction reduction = Reduction.SumOverBatchSize)
        => new MeanSquaredLogarithmicError { Reduction = reduction };

    /// <summary>Squared for small errors, linear for large ones.</summary>
    /// <param name="delta">The error from which it is linear, above 0. Default 1.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Huber(double delta = 1, Reduction reduction = Reduction.SumOverBatchSize)
        => new Huber { Delta = delta, Reduction = reduction };

    /// <summary>log(cosh(difference)): nearly squared for small errors, nearly linear for large ones.</summary>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss LogCosh(Reduction reduction = Reduction.SumOverBatchSize) => new LogCosh { Reduction = reduction };

    /// <summary>-cos of the angle between target and output: -1 is the same direction.</summary>
    /// <param name="axis">The axis of the vectors. Default -1, the last.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss CosineSimilarity(int axis = -1, Reduction reduction = Reduction.SumOverBatchSize)
        => new CosineSimilarity { Axis = axis, Reduction = reduction };

    /// <summary>1 - twice the overlap of target and output over their sum, for segmentation.</summary>
    /// <param name="axis">The axes summed over. Default null: all, the batch too.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Dice(IReadOnlyList<int>? axis = null, Reduction reduction = Reduction.SumOverBatchSize)
        => new Dice { Axis = axis, Reduction = reduction };

    /// <summary>Dice with a weight for each kind of error, for segmentation.</summary>
    /// <param name="alpha">The weight of false alarms, at least 0. Default 0.5.</param>
    /// <param name="beta">The weight of what was missed, at least 0. Default 0.5.</param>
    /// <param name="axis">The axes summed over. Default null: all, the batch too.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Tversky(double alpha = 0.5, double beta = 0.5, IReadOnlyList<int>? axis = null,
        Reduction reduction = Reduction.SumOverBatchSize)
        => new Tversky { Alpha = alpha, Beta = beta, Axis = axis, Reduction = reduction };

    /// <summary>A loss of your own as a function.</summary>
    /// <param name="name">The name in messages and logs.</param>
    /// <param name="perSample">Makes the loss of each sample, (batch) or (batch, ...), from target and output.
    /// Torch differentiates it.</param>
    /// <param name="reduction">How the losses of samples become one number. Default their mean.</param>
    public static Loss Of(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> perSample,
        Reduction reduction = Reduction.SumOverBatchSize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(perSample);
        return new DelegateLoss(name, perSample) { Reduction = reduction };
    }
}
