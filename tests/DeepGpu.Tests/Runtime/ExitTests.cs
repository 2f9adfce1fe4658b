using System.Globalization;
using System.Runtime.InteropServices;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Threads;

/// <summary>A process that ends while the library works: by the end of Main, Environment.Exit, a signal, an unhandled exception.</summary>
public class ExitTests
{
    private const string WorkVariable = "DEEPGPU_TEST_WORK";
    private const string EndVariable = "DEEPGPU_TEST_END";
    private const string Working = "working";

    private static readonly ModelSpec Network = Sequential.Input(28, 28, 1)
        .Conv2D(16, 3, Activation.Relu).BatchNormalization().MaxPooling2D(2)
        .Conv2D(32, 3, Activation.Relu).Flatten().Dense(10, Activation.Softmax)
        .Build("ending");

    private static readonly Dataset Data = Datasets.GeneratedDigits(640, 64).Train;

    /// <summary>Kept: a registration that nothing refers to is collected, and with it the handler.</summary>
    private static PosixSignalRegistration? _onSignal;

    [Theory]
    [InlineData("fit async", "return")]
    [InlineData("predict", "return")]
    [InlineData("fit", "exit")]
    [InlineData("stream", "exit")]
    [InlineData("read stream", "exit")]
    [InlineData("predict", "exit")]
    [InlineData("evaluate", "exit")]
    [InlineData("save and load", "exit")]
    [InlineData("fit", "callback")]
    [InlineData("stream", "callback")]
    [InlineData("predict", "signal")]
    [InlineData("many", "exit")]
    public void A_process_that_ends_under_work_ends_with_its_own_code(string work, string end)
    {
        for (var run = 0; run < 2; run++)
        {
            var (code, output) = Run(work, end);
            code.Should().Be(0, output);
            output.Should().Contain(Working);
        }
    }

    [Fact]
    public void A_call_that_lasts_too_long_is_left_behind()
    {
        var (code, output) = Run("long predict", "exit");
        code.Should().Be(0, output);
    }

    [Fact]
    public void An_unhandled_exception_ends_the_process_as_it_does_without_a_model()
    {
        var (code, output) = Run("many", "throw");
        code.Should().Be(Run("nothing", "throw").Code, output);
        output.Should().Contain("nobody handles this");
    }

    [Fact]
    public void Once_the_process_ends_a_new_call_is_refused()
    {
        var (code, output) = Run("nothing", "call");
        code.Should().Be(0, output);
        output.Should().ContainAll("Predict: process_ending", "Fit: process_ending", "ToModel: process_ending", "Dispose: done");
    }

    [Fact(Explicit = true)]
    public void Victim() => Work();

    internal static void Work()
    {
        var model = Network.ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        using var begun = new ManualResetEventSlim();
        var end = Environment.GetEnvironmentVariable(EndVariable)!;
        var work = Environment.GetEnvironmentVariable(WorkVariable)!;
        void Step(TrainingContext context)
        {
            begun.Set();
            if (end == "callback" && context.Step == 3) Environment.Exit(0);
        }

        var options = new FitOptions { Epochs = 1000, BatchSize = 64, Callbacks = [new LambdaCallback { BatchEnd = Step }] };
        foreach (var begin in Begins(work, model, options, begun.Set)) begin();
        if (work == "nothing") begun.Set();
        if (end == "signal") _onSignal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(0));
        begun.Wait();
        Console.WriteLine(Working);
        Thread.Sleep(Random.Shared.Next(300));
        End(end, model);
    }

    /// <summary>What runs when the process ends.</summary>
    private static IEnumerable<Action> Begins(string work, Model model, FitOptions options, Action begun)
    {
        var stream = Data.ToStream().Shuffle(64).Map(sample => sample).Apply(new RandomFlip()).Prefetch(batches: 2, workers: 4);
        switch (work)
        {
            case "fit async":
                yield return () => model.FitAsync(Data, options);
                break;
            case "fit":
                yield return () => Background(() => model.Fit(Data, options));
                break;
            case "stream":
                yield return () => Background(() => model.Fit(stream, options with { Validation = stream }));
                break;
            case "read stream":
                yield return () => Background(() => { for (var epoch = 1; ; epoch++) foreach (var _ in stream.Batches(epoch)) begun(); });
                break;
            case "predict":
                for (var i = 0; i < 4; i++) yield return () => Forever(() => model.Predict(Data.Input), begun);
                break;
            case "evaluate":
                yield return () => Forever(() => model.Evaluate(stream), begun);
                break;
            case "save and load":
                yield return () => Forever(() => SaveAndLoad(model), begun);
                break;
            case "long predict":
                var many = NDArray.Zeros(DataType.Float32, 400_000, 28, 28, 1);
                yield return () => Background(() => { begun(); model.Predict(many, batchSize: 1); });
                break;
            case "many":
                string[] all = ["fit async", "predict", "evaluate", "save and load", "read stream"];
                foreach (var one in all.SelectMany(one => Begins(one, model, options, begun))) yield return one;
                break;
        }
    }

    private static void End(string end, Model model)
    {
        switch (end)
        {
            case "exit":
                Environment.Exit(0);
                break;
            case "signal":
                Console.WriteLine("terminate me");
                Thread.Sleep(Timeout.Infinite);
                break;
            case "throw":
                Background(() => throw new InvalidOperationException("nobody handles this"));
                Thread.Sleep(Timeout.Infinite);
                break;
            case "callback":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "call":
                AppDomain.CurrentDomain.ProcessExit += (_, _) => CallAll(model);
                Environment.Exit(0);
                break;
        }
    }

    private static void CallAll(Model model)
    {
        Say("Predict", () => model.Predict(Data.Input));
        Say("Fit", () => model.Fit(Data));
        Say("ToModel", () => Network.ToModel(Device.Cpu));
        Say("Dispose", model.Dispose);
    }

    private static void Say(string name, Action call)
    {
        try
        {
            call();
            Console.WriteLine($"{name}: done");
        }
        catch (ModelStateException e)
        {
            Console.WriteLine($"{name}: {e.Fault.Code}");
        }
    }

    private static void SaveAndLoad(Model model)
    {
        var path = Path.GetTempFileName() + ".keras";
        model.Save(path);
        using var loaded = Model.Load(path, Device.Cpu);
        File.Delete(path);
    }

    private static void Forever(Action work, Action begun) => Background(() =>
    {
        while (true)
        {
            work();
            begun();
        }
    });

    private static void Background(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();

    private static ChildProcess Run(string work, string end)
    {
        var info = ChildProcess.Of(typeof(ExitTests), nameof(Victim), (WorkVariable, work), (EndVariable, end));
        if (end == "throw") info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ExitTests).Assembly.Location;
        return ChildProcess.Run(info, (process, line) =>
        {
            if (line.Contains("terminate me", StringComparison.Ordinal)) Terminate(process.Id);
        });
    }

    private static void Terminate(int process)
        => System.Diagnostics.Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
}
