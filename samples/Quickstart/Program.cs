// Describe a CNN, rank real GPUs for it, train it here, see its accuracy, save it.
// dotnet run -c Release --project samples/Quickstart [-- --data digits|mnist|fashion-mnist] [--epochs N] [--seed N] [--output FILE]
using DeepGpu;
using DeepGpu.Hardware;
using DeepGpu.Models;
using DeepGpu.Visuals;

AllocatorTuning.KeepLargeBlocks();
var device = Device.Best();
Console.WriteLine($"Training device: {device} ({TorchRuntime.Start().LibTorchSource}, libtorch {TorchRuntime.Start().LibTorchVersion})\n");

ModelSpec cnn = Sequential.Input(28, 28, 1)
    .Conv2D(32, 3, Activation.Relu).MaxPooling2D(2)
    .Conv2D(64, 3, Activation.Relu).MaxPooling2D(2)
    .Conv2D(64, 3, Activation.Relu)
    .Flatten().Dense(64, Activation.Relu).Dense(10, Activation.Softmax)
    .Build();
Console.WriteLine(cnn.Summary());

Console.WriteLine(GpuAdvisor.Default.Recommend(cnn.Training(batchSize: 64)) + Environment.NewLine);

var (train, test) = Option("--data", "digits") switch
{
    "mnist" => Datasets.Mnist(),
    "fashion-mnist" => Datasets.FashionMnist(),
    "digits" => Datasets.GeneratedDigits(),
    var other => throw new ArgumentException($"--data must be digits, mnist or fashion-mnist, but is '{other}'."),
};
(train, test) = (train.OneHot(10), test.OneHot(10));

using Model model = cnn.ToModel(device, seed: int.Parse(Option("--seed", "1")));
model.Compile(Optimizer.Adam(), Loss.CategoricalCrossentropy(), Metric.Accuracy());
TrainingConsole.Run(progress => model.Fit(train, epochs: int.Parse(Option("--epochs", "5")), batchSize: 64, progress: progress));
Console.WriteLine($"Test accuracy: {model.Evaluate(test, batchSize: 256)["accuracy"]:P2}");

model.Save(Option("--output", "quickstart.deepgpu"));
Console.WriteLine($"Saved to {Path.GetFullPath(Option("--output", "quickstart.deepgpu"))}");

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : fallback;
