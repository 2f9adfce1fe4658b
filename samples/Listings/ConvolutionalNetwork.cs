using DeepGpu;
using DeepGpu.Models;

namespace Listings;

/// <summary>Listing 1: a small convolutional network, 93,322 parameters.</summary>
public static class ConvolutionalNetwork
{
    /// <summary>Describes it and trains it on images (samples, 28, 28, 1) of the classes 0 to 9.</summary>
    public static (ModelSpec Spec, History History) Train(Dataset train)
    {
        ModelSpec cnn = Sequential.Input(28, 28, 1)
            .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu)
            .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax)
            .Build();
        using Model model = cnn.ToModel(Device.Best());
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        History history = model.Fit(train, epochs: 5, batchSize: 64);
        return (cnn, history);
    }
}
