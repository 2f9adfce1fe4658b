// Uses every package the way a README reader would; a wrong answer ends with an exception and so with a failed run.
using DeepGpu;
using DeepGpu.Hardware;
using DeepGpu.Models;
using DeepGpu.Visuals;

ModelSpec spec = Sequential.Input(28, 28, 1).Conv2D(8, 3, Activation.Relu).MaxPooling2D(2).Flatten().Dense(10, Activation.Softmax).Build();
Check(spec.ParameterCount == 3 * 3 * 8 + 8 + 13 * 13 * 8 * 10 + 10, "parameter count");
Check(GpuAdvisor.Default.Recommend(spec.Training(batchSize: 32), new() { MaxPower = Power.FromWatts(75) })
    .Cards.All(c => c.Card.Tdp <= Power.FromWatts(75)), "power limit");

var (train, test) = Datasets.GeneratedDigits(trainCount: 1_000, testCount: 200);
using Model model = spec.ToModel(Device.Best(), seed: 1);
model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
TrainingConsole.Run(progress => model.Fit(train, epochs: 3, progress: progress));
Check(model.Evaluate(test)["accuracy"] > 0.7, "accuracy");

model.Save("model.deepgpu");
using Model copy = Model.Load("model.deepgpu", Device.Cpu);
Check(copy.Predict(test.Input).ToArray<float>().SequenceEqual(model.Predict(test.Input).ToArray<float>()), "round trip");
Console.WriteLine("The packed packages work.");

static void Check(bool holds, string what)
{
    if (!holds) throw new InvalidOperationException($"The packed packages give a wrong {what}.");
}
