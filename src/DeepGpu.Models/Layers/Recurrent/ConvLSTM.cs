namespace DeepGpu.Models;

/// <summary>What LSTMs have in common whose products are convolutions along 1, 2 or 3 axes of each step.</summary>
/// <remarks>The input's convolution moves by <see cref="Strides"/>, the state's keeps its size. While training, dropout draws one pattern
/// for each of the four gates, the same at every step. Shi et al., 2015, https://arxiv.org/abs/1506.04214.</remarks>
public abstract record ConvLSTM : SequenceLayer
{
    private protected ConvLSTM(int spatial, int filters, Extent kernelSize)
    {
        Spatial = spatial;
        (Filters, KernelSize, Strides, DilationRate) = (filters, kernelSize, 1, 1);
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The output's channels, at least 1.</summary>
    public int Filters { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Filters)); }

    /// <summary>The kernel's lengths, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(KernelSize)); }

    /// <summary>The step of the input's convolution. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What the input's convolution does at the border; the state's keeps its size. Default valid.</summary>
    public Padding Padding { get; init => field = value.NotCausal(ClassName); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the input kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <summary>The function of the candidate. Default tanh.</summary>
    public Activation Activation { get; init => field = value.KeepingShape(ClassName, nameof(Activation)); } = Activation.Tanh;

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation
    {
        get;
        init => field = value.KeepingShape(ClassName, nameof(RecurrentActivation));
    } = Activation.Sigmoid;

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the input's kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the state's kernel starts. Default orthogonal.</summary>
    public Initializer RecurrentInitializer { get; init; } = Initializer.Orthogonal;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>Whether the forget gate's bias starts at 1. Default true.</summary>
    public bool UnitForgetBias { get; init; } = true;

    /// <summary>A penalty on the input's kernel; default none.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>A penalty on the state's kernel; default none.</summary>
    public Regularizer? RecurrentRegularizer { get; init; }

    /// <summary>A penalty on the bias; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the input's kernel is projected onto after each step; default nothing.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>What the state's kernel is projected onto after each step; default nothing.</summary>
    public Constraint? RecurrentConstraint { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <summary>The share of inputs set to 0 while training, the same at every step, in [0, 1). Default 0.</summary>
    public double Dropout { get; init => field = Require.Fraction(value, ClassName, nameof(Dropout)); }

    /// <summary>The share of states set to 0 while training, the same at every step, in [0, 1). Default 0.</summary>
    public double RecurrentDropout { get; init => field = Require.Fraction(value, ClassName, nameof(RecurrentDropout)); }

    internal override RecurrentCell StepCell => new ConvLSTMCell(this);

    /// <summary>One step; the layer's options decide everything.</summary>
    internal sealed record ConvLSTMCell(ConvLSTM Options) : RecurrentCell
    {
        internal override AxisNames SequenceAxes => Options.DataFormat == DataFormat.ChannelsLast
            ? new(["batch", "time", .. SpatialAxes, "channels"])
            : new(["batch", "time", "channels", .. SpatialAxes]);

        private int Spatial => Options.Spatial;

        private string[] SpatialAxes => AxisNames.Spatial(Spatial, only: "rows");

        internal override int StateCount => 2;

        public override IReadOnlyList<Shape> StateShapes(Shape step)
        {
            var (format, kernel) = (Options.DataFormat, Options.KernelSize);
            var moved = Window.Slide(step, Spatial, format, kernel, Options.Strides, Options.DilationRate, Options.Padding);
            var shape = moved.With(format.ChannelAxis(), Options.Filters);
            return [shape, shape];
        }

        public override IReadOnlyList<WeightSpec> CellWeights(Shape step)
        {
            var (gates, extent) = (4 * Options.Filters, Options.KernelSize.Over(Spatial));
            var start = Options.UnitForgetBias ? new ForgetGateOnes(Options.BiasInitializer) : Options.BiasInitializer;
            var kernel = WeightSpec.Of("kernel", [.. extent, Options.DataFormat.Channels(step), gates], Options.KernelInitializer,
                Options.KernelRegularizer, Options.KernelConstraint);
            var recurrent = WeightSpec.Of("recurrent_kernel", [.. extent, Options.Filters, gates], Options.RecurrentInitializer,
                Options.RecurrentRegularizer, Options.RecurrentConstraint);
            if (!Options.UseBias) return [kernel, recurrent];
            return [kernel, recurrent, WeightSpec.Of("bias", [gates], start, Options.BiasRegularizer, Options.BiasConstraint)];
        }

        internal override double MultiplyAdds(Shape step)
        {
            var positions = (double)StateShapes(step)[0].Elements!.Value / Options.Filters;
            return positions * CellWeights(step).Take(2).Sum(weight => weight.Count);
        }
    }
}

/// <summary>An LSTM whose products are convolutions along rows.</summary>
/// <remarks>Input (batch, time, rows, channels), output (batch, new rows, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm1d/</remarks>
public sealed record ConvLSTM1D : ConvLSTM
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM1D(int filters, Extent kernelSize)
        : base(spatial: 1, filters, kernelSize)
    {
    }
}

/// <summary>An LSTM whose products are convolutions along height and width.</summary>
/// <remarks>Input (batch, time, height, width, channels), output (batch, new height, new width, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm2d/</remarks>
public sealed record ConvLSTM2D : ConvLSTM
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM2D(int filters, Extent kernelSize)
        : base(spatial: 2, filters, kernelSize)
    {
    }
}

/// <summary>An LSTM whose products are convolutions along depth, height and width.</summary>
/// <remarks>Input (batch, time, depth, height, width, channels), output (batch, new depth, new height, new width, filters) or, with
/// <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm3d/</remarks>
public sealed record ConvLSTM3D : ConvLSTM
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's lengths, at least 1.</param>
    public ConvLSTM3D(int filters, Extent kernelSize)
        : base(spatial: 3, filters, kernelSize)
    {
    }
}
