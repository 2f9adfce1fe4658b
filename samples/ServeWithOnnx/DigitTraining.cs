using DeepGpu;
using DeepGpu.Models;

namespace ServeWithOnnx;

/// <summary>Trains a small network and writes what a server needs of it: one file.</summary>
public static class DigitTraining
{
    public static void Export(string path, int samples, int epochs)
    {
        var (train, _) = Datasets.GeneratedDigits(trainCount: samples, testCount: 1);
        ModelSpec spec = Sequential.Input(28, 28, 1)
            .Conv2D(16, 3, Activation.Relu).MaxPooling2D(2)
            .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
            .Flatten().Dense(10, Activation.Softmax).Build("digits");
        using Model model = spec.ToModel(Device.Best(), seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy());
        model.Fit(train, epochs, batchSize: 64);
        model.Save(path, new OnnxOptions
        {
            License = "MIT",
            Classes = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        });
    }
}
