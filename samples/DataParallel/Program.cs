// Train one network with several processes, one for each GPU or processor; started plainly it is one process.
// dotnet build -c Release samples/DataParallel, then: mpirun -n 4 dotnet samples/DataParallel/bin/Release/net10.0/DataParallel.dll
using DeepGpu;
using DeepGpu.Models;

using ICollective processes = Distribution.Initialize();

ModelSpec cnn = Sequential.Input(28, 28, 1)
    .Conv2D(8, 3, Activation.Relu).MaxPooling2D(2)
    .Flatten().Dense(10, Activation.Softmax)
    .Build();
var (train, test) = Datasets.GeneratedDigits(trainCount: 2_000, testCount: 400);

using Model model = cnn.ToModel(Device.Best(), seed: 1);
model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), [Metric.Accuracy()], Distribution.DataParallel());
model.Fit(train, epochs: 3, batchSize: 64);

double accuracy = model.Evaluate(test, batchSize: 256)["accuracy"];
if (processes.Rank == 0) Console.WriteLine($"{processes.WorldSize} process(es), {processes.Engine}. Test accuracy: {accuracy:P2}");
