using DeepGpu.Models;

namespace DeepGpu.Distributed.Worker;

/// <summary>What may go wrong in one process: the others must end too.</summary>
internal static class Failures
{
    public static void Run(string failure, ICollective processes, string folder)
    {
        var isSecond = processes.Rank == 1;
        using var model = Sequential.Input(7).Dense(failure == "model" && isSecond ? 9 : 8).Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.MeanSquaredError(), [], Distribution.DataParallel());
        var samples = failure == "data" && isSecond ? 100 : 200;
        var data = Dataset.FromArrays(NDArray.Zeros(DataType.Float32, [samples, 7]), NDArray.Zeros(DataType.Float32, [samples, 1]));
        var fail = new LambdaCallback
        {
            BatchEnd = context =>
            {
                if (isSecond && context.Step == 5) Fail(failure);
            },
        };
        model.Fit(data, epochs: 1000, batchSize: 10,
            callbacks: [fail, new ModelCheckpoint(Path.Combine(folder, "model.deepgpu"), monitor: "loss")]);
    }

    private static void Fail(string failure)
    {
        if (failure == "throw") throw new InvalidOperationException("out of milk");
        if (failure == "exit") Environment.Exit(3);
        if (failure is "kill" or "freeze") Signal.Send(failure == "kill" ? 9 : 19);
    }
}
