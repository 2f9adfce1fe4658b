using System.Reflection;

namespace DeepGpu.Models.Tests.Layers;

public class ArgumentFaultTests
{
    /// <summary>Options that any number suits: axes are checked against the input.</summary>
    private static readonly HashSet<string> Free = new(StringComparer.Ordinal) { "Axis", "Axes", "SharedAxes", "AttentionAxes",
        "NoiseShape", "Mean", "Variance", "SequenceAxis", "FeatureAxis" };

    public static TheoryData<string> Classes => [.. LayerOptions.Samples.Select(layer => layer.ClassName)];

    [Theory, MemberData(nameof(Classes))]
    public void Every_number_that_makes_no_sense_is_refused_when_the_layer_is_made(string name)
    {
        var layer = LayerOptions.Samples.Single(sample => sample.ClassName == name);
        foreach (var option in LayerOptions.Of(layer).Where(option => !Free.Contains(option.Name)))
        {
            foreach (var nonsense in NonsenseFor(option.PropertyType))
                FluentActions.Invoking(() => Set(layer, option, nonsense))
                    .Should().Throw<DeepGpuArgumentException>($"{name}.{option.Name} = {nonsense} makes no sense");
        }
    }

    public static TheoryData<string, Func<object>> Faults => new()
    {
        { "Dense: units must be at least 1, but is 0. Pass a value that is at least 1.", () => new Dense(0) },
        { "Embedding: inputDim must be at least 1, but is 0. *", () => new Embedding(0, 3) },
        { "Embedding: outputDim must be at least 1, but is -3. *", () => new Embedding(3, -3) },
        { "EinsumDense: equation must be of the form 'input,kernel->output', but is ab->c. *", () => new EinsumDense("ab->c", [3]) },
        { "EinsumDense: outputAxes must be at least 1, or null, on every axis, but is 0. *", () => new EinsumDense("ab,bc->ac", [0]) },
        { "Conv1D: kernelSize must be 1 length, but is 3x3. *", () => new Conv1D(2, (3, 3)) },
        { "Conv2D: filters must be at least 1, but is -1. *", () => new Conv2D(-1, 3) },
        { "Conv2D: strides must be at least 1 on every axis, but is 1x0. *", () => new Conv2D(1, 3) { Strides = (1, 0) } },
        { "Conv2D: dilationRate must be at least 1 on every axis, but is 0. *", () => new Conv2D(1, 3) { DilationRate = 0 } },
        { "Conv2D: groups must be at least 1, but is 0. *", () => new Conv2D(1, 3) { Groups = 0 } },
        { "Conv2D: padding must be valid or same, but is Causal. *", () => new Conv2D(1, 3) { Padding = Padding.Causal } },
        { "Conv2DTranspose: outputPadding must be at least 0 on every axis, but is -1. *",
            () => new Conv2DTranspose(1, 3) { OutputPadding = -1 } },
        { "DepthwiseConv2D: depthMultiplier must be at least 1, but is 0. *", () => new DepthwiseConv2D(3) { DepthMultiplier = 0 } },
        { "MaxPooling2D: poolSize must be at least 1 on every axis, but is 0. *", () => new MaxPooling2D(0) },
        { "MaxPooling2D: padding must be valid or same, but is Causal. *", () => new MaxPooling2D { Padding = Padding.Causal } },
        { "AdaptiveMaxPooling2D: outputSize must be at least 1 on every axis, but is 0x1. *", () => new AdaptiveMaxPooling2D((0, 1)) },
        { "Dropout: rate must be at least 0 and below 1, but is 1. Pass a value that is at least 0 and below 1.", () => new Dropout(1) },
        { "Dropout: rate must be at least 0 and below 1, but is NaN. *", () => new Dropout(double.NaN) },
        { "SpatialDropout2D: rate must be at least 0 and below 1, but is -0.1. *", () => new SpatialDropout2D(-0.1) },
        { "GaussianNoise: stddev must be finite and at least 0, but is -1. *", () => new GaussianNoise(-1) },
        { "LSTM: units must be at least 1, but is 0. *", () => new LSTM(0) },
        { "GRU: recurrentDropout must be at least 0 and below 1, but is 1. *", () => new GRU(3) { RecurrentDropout = 1 } },
        { "SimpleRNN: activation must be a function that keeps the shape, but is glu. *",
            () => new SimpleRNN(3) { Activation = Activation.Glu } },
        { "LSTMCell: recurrentActivation must be a function that keeps the shape, but is glu. *",
            () => new LSTMCell(3) { RecurrentActivation = Activation.Glu } },
        { "StackedRNNCells: cells must be at least one cell, but is none. *", () => new StackedRNNCells() },
        { "TimeDistributed: layer must be a layer with one output, but is LSTM. *",
            () => new TimeDistributed(new LSTM(3) { ReturnState = true }) },
        { "BatchNormalization: momentum must be from 0 to 1, but is 1.1. *", () => new BatchNormalization { Momentum = 1.1 } },
        { "BatchNormalization: epsilon must be finite and at least 0, but is -1. *", () => new BatchNormalization { Epsilon = -1 } },
        { "GroupNormalization: groups must be at least 1, but is 0. *", () => new GroupNormalization { Groups = 0 } },
        { "MultiHeadAttention: numHeads must be at least 1, but is 0. *", () => new MultiHeadAttention(0, 3) },
        { "MultiHeadAttention: outputShape must be at least 1 on every axis, but is 3, 0. *",
            () => new MultiHeadAttention(1, 3) { OutputShape = [3, 0] } },
        { "GroupQueryAttention: numKeyValueHeads must be a divisor of the 4 heads of queries, but is 3. *", ()
            => new GroupedQueryAttention(2, 4, 3) },
        { "GroupQueryAttention: headDim must be at least 1, but is 0. *", () => new GroupedQueryAttention(0, 4, 2) },
        { "MultiHeadAttention: logitSoftCap must be finite and above 0, but is 0. *",
            () => new MultiHeadAttention(1, 3) { LogitSoftCap = 0 } },
        { "ReversibleEmbedding: reverseDtype must be a floating-point format, but is Int8. *",
            () => new ReversibleEmbedding(2, 3) { ReverseDtype = DataType.Int8 } },
        { "ReversibleEmbedding: logitSoftCap must be finite and above 0, but is -1. *",
            () => new ReversibleEmbedding(2, 3) { LogitSoftCap = -1 } },
        { "RotaryEmbedding: maxWavelength must be finite and above 0, but is 0. *", () => new RotaryEmbedding { MaxWavelength = 0 } },
        { "RotaryEmbedding: scalingFactor must be finite and above 0, but is 0. *", () => new RotaryEmbedding { ScalingFactor = 0 } },
        { "PositionEmbedding: sequenceLength must be at least 1, but is 0. *", () => new PositionEmbedding(0) },
        { "TokenAndPositionEmbedding: embeddingDim must be at least 1, but is 0. *", () => new TokenAndPositionEmbedding(2, 3, 0) },
        { "AlibiBias: alibiBiasMax must be at least 1, but is 0. *", () => new AlibiBias { AlibiBiasMax = 0 } },
        { "GatedFeedForward: activation must be a function that keeps the length, but is Glu. *",
            () => new GatedFeedForward(3) { Activation = Activation.Glu } },
        { "RotaryAttention: numKeyValueHeads must be a divisor of the 4 heads of queries, but is 3. *",
            () => new RotaryAttention(2, 4, 3) },
        { "RotaryAttention: rotaryDim must be an even number, at least 0, but is 3. *",
            () => new RotaryAttention(4, 2, 1) { RotaryDim = 3 } },
        { "RotaryAttention: maxWavelength must be finite and above 0, but is 0. *",
            () => new RotaryAttention(4, 2, 1) { MaxWavelength = 0 } },
        { "LatentAttention: latentDim must be at least 1, but is 0. *", () => new LatentAttention(2, 0, 4, 2, 3) },
        { "RotaryScaling: shortFactors must be finite numbers above 0, but is 1, 0. *",
            () => new RotaryScaling(RotaryScalingKind.LongRope) { ShortFactors = [1, 0] } },
        { "MixtureOfExperts: topK must be from 1 to 2, but is 3. *", () => new MixtureOfExperts(2, 3, 4) },
        { "MixtureOfExperts: intermediateDim must be at least 1, but is 0. *", () => new MixtureOfExperts(2, 1, 0) },
        { "TransformerEncoder: numHeads must be at least 1, but is 0. *", () => new TransformerEncoder(3, 0) },
        { "TransformerDecoder: dropout must be at least 0 and below 1, but is 1. *", () => new TransformerDecoder(3, 1) { Dropout = 1 } },
        { "SpectralNormalization: powerIterations must be at least 1, but is 0. *", ()
            => new SpectralNormalization(new Dense(2)) { PowerIterations = 0 } },
        { "SpectralNormalization: layer must be a layer with one output, but is LSTM. *", ()
            => new SpectralNormalization(new LSTM(2) { ReturnState = true }) },
        { "ConvLSTM3D: kernelSize must be 1 or 3 lengths, but is 2x2. *", () => new ConvLSTM3D(2, (2, 2)) },
        { "ConvLSTM1D: padding must be valid or same, but is Causal. *", () => new ConvLSTM1D(2, 2) { Padding = Padding.Causal } },
        { "Dot: axes must be one or two axes, not the batch, but is 0. *", () => new Dot(0) },
        { "Permute: dims must be the numbers from 1 in some order, but is 1, 3. *", () => new Permute(1, 3) },
        { "RepeatVector: n must be at least 1, but is 0. *", () => new RepeatVector(0) },
        { "Reshape: targetShape must be positive, with at most one -1, but is -1, -1. *", () => new Reshape(-1, -1) },
        { "Reshape: targetShape must be positive, with at most one -1, but is 0. *", () => new Reshape(0) },
        { "ZeroPadding2D: padding must be a pair for each of 2 axes, but is ((1, 1), (1, 1), (1, 1)). *",
            () => new ZeroPadding2D(new((1, 1), (1, 1), (1, 1))) },
        { "Cropping1D: cropping must be at least 0 on every side, but is ((-1, 0)). *", () => new Cropping1D((-1, 0)) },
        { "UpSampling2D: size must be at least 1 on every axis, but is 0. *", () => new UpSampling2D(0) },
        { "ReLU: maxValue must be finite and at least 0, but is -1. *", () => new ReLU { MaxValue = -1 } },
        { "Rescaling: scale must be one or several finite numbers, but is none. *", () => new Rescaling([]) },
        {
            "InputLayer: batchShape must be one axis or more, the batch first, each of length 1 or more, but is (). *",
            () => new InputLayer(new Shape())
        },
        {
            "InputLayer: batchShape must be one axis or more, the batch first, each of length 1 or more, but is (batch, 3, 0). *",
            () => new InputLayer(new Shape(null, 3, 0))
        },
        { "Shape: axes must be at least 0 on every axis, but is -1. *", () => new Shape(null, -1) },
        { "VarianceScaling: scale must be finite and above 0, but is 0. *", () => new VarianceScaling(0) },
        { "RandomNormal: stddev must be finite and at least 0, but is -1. *", () => new RandomNormal(0, -1) },
        { "L1L2: l2 must be finite and at least 0, but is -1. *", () => new L1L2(0, -1) },
        { "MinMaxNorm: rate must be from 0 to 1, but is 2. *", () => new MinMaxNorm(Rate: 2) },
        { "MaxNorm: maxValue must be finite and at least 0, but is NaN. *", () => new MaxNorm(double.NaN) },
    };

    [Theory, MemberData(nameof(Faults))]
    public void The_text_names_the_option_its_range_and_the_value(string message, Func<object> make)
        => FluentActions.Invoking(make).Should().Throw<DeepGpuArgumentException>().WithMessage(message)
            .Which.Fault.Code.Should().Be("argument_out_of_range");

    private static IEnumerable<object> NonsenseFor(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int)) return [-5];
        if (type == typeof(double)) return [double.NaN, double.PositiveInfinity];
        if (type == typeof(Extent)) return [new Extent(-1), new Extent(1, 2, 3, 4)];
        return type == typeof(Margins) ? [new Margins((-1, 0)), new Margins((1, 1), (1, 1), (1, 1), (1, 1))] : [];
    }

    private static void Set(Layer layer, PropertyInfo option, object value)
    {
        try
        {
            option.SetValue(layer with { }, value);
        }
        catch (TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }
}
