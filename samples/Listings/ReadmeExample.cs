using DeepGpu;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace Listings;

/// <summary>The example of the README: a network described, matched with GPUs, trained.</summary>
public static class ReadmeExample
{
    /// <summary>Describes the network and prints which GPUs should train it. Torch is not loaded.</summary>
    public static ModelSpec Describe()
    {
        ModelSpec cnn = Sequential.Input(28, 28, 1)
            .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(64, 3, Activation.Relu)
            .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax)
            .Build();
        Console.WriteLine(GpuAdvisor.Default.Recommend(cnn.Training(batchSize: 64), new() { MaxPower = Power.FromWatts(350) }));
        return cnn;
    }

    /// <summary>Trains it on images (samples, 28, 28, 1) of the classes 0 to 9 and prints how many of others it recognises.</summary>
    public static void Train(ModelSpec cnn, Dataset train, Dataset test)
    {
        using Model model = cnn.ToModel(Device.Best());
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        History history = model.Fit(train, epochs: 5, batchSize: 64);
        Console.WriteLine($"Accuracy on new images: {model.Evaluate(test)["accuracy"]:P1}");
        model.Save("fashion.deepgpu");
    }
}
