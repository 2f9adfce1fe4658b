using DeepGpu.Models;

namespace DeepGpu.Tests;

/// <summary>The README's network, and a smaller one for tests that only need some network.</summary>
internal static class Cnn
{
    public static readonly ModelSpec Listing = Sequential.Input(28, 28, 1)
        .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
        .Conv2D(64, 3, Activation.Relu)
        .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax)
        .Build();

    public static readonly ModelSpec Small = Sequential.Input(28, 28, 1)
        .Conv2D(4, 5, Activation.Relu, strides: 2).MaxPooling2D(2)
        .Flatten().Dropout(0.1).Dense(10, Activation.Softmax)
        .Build("small");

    public static Model Compiled(this ModelSpec spec, Loss? loss = null, int seed = 1)
    {
        var model = spec.ToModel(Device.Cpu, seed);
        model.Compile(Optimizer.Adam(), loss ?? Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        return model;
    }
}
