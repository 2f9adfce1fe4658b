using DeepGpu.Models;

namespace DeepGpu.Lowering;

/// <summary>Which layers a plan runs, and how.</summary>
internal static class PlanTable
{
    /// <summary>Whether a layer hands its numbers on as they are where nothing is trained: at most the shape changes.</summary>
    public static bool HandsOn(Layer layer)
        => layer is IdentityLayer or NoiseLayer or ActivityRegularization or Reshape or Flatten { DataFormat: DataFormat.ChannelsLast };

    /// <summary>A layer's step; null where torch must run it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="live">The layer that runs, whose weights are read.</param>
    /// <param name="inputs">The inputs' shapes, the batch first.</param>
    /// <param name="output">The output's shape.</param>
    public static PlanStep? Of(Layer layer, LiveLayer live, IReadOnlyList<Shape> inputs, Shape output) => layer switch
    {
        _ when live is IPlannedLayer planned => inputs.Count == 1 ? planned.Plan(inputs[0], output) : null,
        Add when inputs.Count == 2 && inputs[0].Axes.SequenceEqual(inputs[1].Axes) => new SumStep((int)output.SampleElements!.Value),
        MaxPooling1D or MaxPooling2D => Pooling((WindowPooling)layer, inputs[0], output, isMean: false),
        AveragePooling1D or AveragePooling2D => Pooling((WindowPooling)layer, inputs[0], output, isMean: true),
        GlobalMaxPooling1D or GlobalMaxPooling2D => Global((GlobalPooling)layer, inputs[0], isMean: false),
        GlobalAveragePooling1D or GlobalAveragePooling2D => Global((GlobalPooling)layer, inputs[0], isMean: true),
        ActivationLayer { Activation: var activation } => Activated(activation, output),
        ReLU { NegativeSlope: 0, MaxValue: null, Threshold: 0 } => Activated(Activation.Relu, output),
        _ => null,
    };

    /// <summary>The step of an activation; null for one that no plan knows.</summary>
    public static PlanStep? Activated(Activation activation, Shape shape)
        => ActivationStep.Knows(activation) ? new ActivationStep(activation, (int)shape.SampleElements!.Value, shape[^1]!.Value) : null;

    private static PoolingStep? Pooling(WindowPooling layer, Shape input, Shape output, bool isMean)
    {
        if (layer.DataFormat != DataFormat.ChannelsLast || layer.CeilMode) return null;
        var plane = PlanePositions.Of(input, output, layer.Spatial, layer.PoolSize, layer.Strides ?? layer.PoolSize, 1, layer.Padding);
        return new(plane, isMean);
    }

    private static PoolingStep? Global(GlobalPooling layer, Shape input, bool isMean)
    {
        if (layer.DataFormat != DataFormat.ChannelsLast) return null;
        var width = Whole(input[^2]!.Value);
        return new(new(layer.Spatial == 1 ? AxisPositions.None : Whole(input[1]!.Value), width, input[^1]!.Value), isMean);
    }

    private static AxisPositions Whole(int length) => new(length, length, 1, 1, 1, 0);
}
