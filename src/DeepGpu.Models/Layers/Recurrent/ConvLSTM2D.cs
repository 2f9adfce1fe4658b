namespace DeepGpu.Models;

/// <summary>An LSTM whose products are convolutions: input (batch, time, height, width, channels). Shi et al., 2015.</summary>
/// <remarks>Output (batch, new height, new width, filters) or, with <see cref="SequenceLayer.ReturnSequences"/>, (batch, time, ...).
/// Keras: https://keras.io/api/layers/recurrent_layers/conv_lstm2d/</remarks>
public sealed record ConvLSTM2D : SequenceLayer
{
    private const int Spatial = 2;

    /// <summary>Makes the layer.</summary>
    /// <param name="filters">The output's channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width, at least 1.</param>
    public ConvLSTM2D(int filters, Extent kernelSize) => (Filters, KernelSize) = (filters, kernelSize);

    /// <summary>The output's channels, at least 1.</summary>
    public int Filters { get; init => field = Require.AtLeast(value, 1, nameof(ConvLSTM2D), nameof(Filters)); }

    /// <summary>The kernel's height and width, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, nameof(ConvLSTM2D), nameof(KernelSize)); }

    /// <summary>The step of the input's convolution. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, nameof(ConvLSTM2D), nameof(Strides)); } = (1, 1);

    /// <summary>What the input's convolution does at the border; the state's keeps its size. Default valid.</summary>
    public Padding Padding { get; init => field = value == Padding.Causal ? throw Require.OutOfRange(nameof(ConvLSTM2D), nameof(Padding), "valid or same", value) : value; }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the input kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, nameof(ConvLSTM2D), nameof(DilationRate)); } = (1, 1);

    /// <summary>The function of the candidate. Default tanh.</summary>
    public Activation Activation { get; init => field = value.KeepingShape(nameof(ConvLSTM2D), nameof(Activation)); } = Activation.Tanh;

    /// <summary>The function of the gates. Default sigmoid.</summary>
    public Activation RecurrentActivation { get; init => field = value.KeepingShape(nameof(ConvLSTM2D), nameof(RecurrentActivation)); } = Activation.Sigmoid;

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
    public double Dropout { get; init => field = Require.Fraction(value, nameof(ConvLSTM2D), nameof(Dropout)); }

    /// <summary>The share of states set to 0 while training, the same at every step, in [0, 1). Default 0.</summary>
    public double RecurrentDropout { get; init => field = Require.Fraction(value, nameof(ConvLSTM2D), nameof(RecurrentDropout)); }

    internal override RecurrentCell StepCell => new ConvLSTMCell(this);

    /// <summary>One step; the layer's options decide everything.</summary>
    internal sealed record ConvLSTMCell(ConvLSTM2D Options) : RecurrentCell
    {
        internal override string SequenceAxes => Options.DataFormat == DataFormat.ChannelsLast ? "batch, time, height, width, channels" : "batch, time, channels, height, width";

        internal override int StateCount => 2;

        public override IReadOnlyList<Shape> StateShapes(Shape step)
        {
            var shape = Window.Slide(step, Spatial, Options.DataFormat, Options.KernelSize, Options.Strides, Options.DilationRate, Options.Padding).With(Options.DataFormat.ChannelAxis(), Options.Filters);
            return [shape, shape];
        }

        public override IReadOnlyList<WeightSpec> CellWeights(Shape step)
        {
            var bias = Options.UnitForgetBias ? new ForgetGateOnes(Options.BiasInitializer) : Options.BiasInitializer;
            WeightSpec[] kernels =
            [
                new("kernel", [.. Options.KernelSize.Over(Spatial), Options.DataFormat.Channels(step), 4 * Options.Filters], Options.KernelInitializer) { Regularizer = Options.KernelRegularizer, Constraint = Options.KernelConstraint },
                new("recurrent_kernel", [.. Options.KernelSize.Over(Spatial), Options.Filters, 4 * Options.Filters], Options.RecurrentInitializer) { Regularizer = Options.RecurrentRegularizer, Constraint = Options.RecurrentConstraint },
            ];
            return Options.UseBias ? [.. kernels, new("bias", [4 * Options.Filters], bias) { Regularizer = Options.BiasRegularizer, Constraint = Options.BiasConstraint }] : kernels;
        }

        internal override double MultiplyAdds(Shape step)
        {
            var positions = (double)StateShapes(step)[0].Elements!.Value / Options.Filters;
            return positions * CellWeights(step).Take(2).Sum(weight => weight.Count);
        }
    }
}
