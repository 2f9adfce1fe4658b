using DeepGpu.Tests.Threads;

namespace DeepGpu.Soak;

/// <summary>Uses one model at a time from many threads: training, predicting, saving, loading, compiling, disposing at random. Every result
/// is checked.</summary>
/// <param name="folder">Where files are written.</param>
/// <param name="seed">Decides what each thread does next.</param>
/// <param name="predictors">How many threads predict.</param>
internal sealed class MixWork(string folder, int seed, int predictors)
{
    private static readonly string[] Names = ["m.keras", "m.h5", "m.weights.h5", "m.safetensors", "m.deepgpu"];
    private static readonly string[] Refusals = ["already_training", "already_measuring", "process_ending"];

    private readonly Dataset _data = StepCounter.Data(8);
    private Model _model = StepCounter.Compiled();
    private long _predictions;
    private long _files;
    private long _steps;
    private long _refusals;
    private long _wrong;
    private volatile bool _stops;

    /// <summary>Called after every step of a training.</summary>
    public Action<long>? Stepped { get; init; }

    public long Predictions => Interlocked.Read(ref _predictions);

    public long Files => Interlocked.Read(ref _files);

    public long Steps => Interlocked.Read(ref _steps);

    public long Refused => Interlocked.Read(ref _refusals);

    /// <summary>Rows of no step, files of no step, and exceptions that are no refusal.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>Begins; the threads are background threads.</summary>
    public IReadOnlyList<Thread> Begin()
    {
        var predicting = Enumerable.Repeat<Action<Random>>(Predict, predictors);
        Action<Random>[] work = [.. predicting, Train, Train, Save, Save, Load, Compile, Replace];
        var threads = work.Select((one, i) => new Thread(() => Repeat(one, new Random((seed * 1000) + i)))).ToList();
        threads.ForEach(thread => thread.IsBackground = true);
        threads.ForEach(thread => thread.Start());
        return threads;
    }

    /// <summary>Asks the threads to end.</summary>
    public void Stop() => _stops = true;

    /// <summary>Whether a file holds the weights of one step.</summary>
    public static bool IsWhole(string path)
    {
        using var model = StepCounter.Network.ToModel(Device.Cpu);
        model.LoadWeights(path);
        return StepCounter.StepsOf(model) is not null;
    }

    private void Repeat(Action<Random> work, Random random)
    {
        while (!_stops) Try(() => work(random));
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (IsRefusal(e))
        {
            Interlocked.Increment(ref _refusals);
            Thread.Sleep(1);
        }
        catch (Exception e)
        {
            Fail(e.ToString());
        }
    }

    private static bool IsRefusal(Exception error)
        => error is ObjectDisposedException or OperationCanceledException
            || (error is ModelStateException state && Refusals.Contains(state.Fault.Code));

    private void Predict(Random random)
    {
        var model = Volatile.Read(ref _model);
        var row = random.Next(10) > 0 ? model.Predict(StepCounter.Ones) : model.Predict(_data.Input, batchSize: 3).Slice(0, 1);
        if (StepCounter.StepsOf(row) is null) Fail("A prediction is of no step.");
        Interlocked.Increment(ref _predictions);
    }

    private void Train(Random random)
    {
        var model = Volatile.Read(ref _model);
        using var cancellation = new CancellationTokenSource();
        var counting = new LambdaCallback { BatchEnd = context => Count(context, random.Next(200) == 0 ? cancellation : null) };
        var options = new FitOptions { Epochs = random.Next(1, 20), BatchSize = random.Next(1, 9), Callbacks = [counting] };
        if (random.Next(3) == 0) model.TrainOnBatch(_data);
        else model.Fit(_data, options, cancellation.Token);
    }

    private void Count(TrainingContext context, CancellationTokenSource? cancellation)
    {
        Interlocked.Increment(ref _steps);
        Stepped?.Invoke(context.Step);
        cancellation?.Cancel();
    }

    private void Save(Random random)
    {
        var name = Names[random.Next(Names.Length)];
        var path = Path.Combine(folder, FormattableString.Invariant($"{Environment.CurrentManagedThreadId}-{name}"));
        Volatile.Read(ref _model).Save(path);
        if (!IsWhole(path)) Fail($"{path} is of no step.");
        Interlocked.Increment(ref _files);
    }

    private void Load(Random random)
    {
        Thread.Sleep(random.Next(50));
        if (Directory.GetFiles(folder).Where(IsComplete).ToList() is not { Count: > 0 } files) return;
        Volatile.Read(ref _model).LoadWeights(files[random.Next(files.Count)]);
    }

    private void Compile(Random random)
    {
        Thread.Sleep(random.Next(100));
        StepCounter.Compile(Volatile.Read(ref _model));
    }

    private void Replace(Random random)
    {
        Thread.Sleep(random.Next(1000));
        var old = Interlocked.Exchange(ref _model, StepCounter.Compiled());
        old.Dispose();
    }

    private void Fail(string what)
    {
        Interlocked.Increment(ref _wrong);
        Console.Error.WriteLine(what);
    }

    /// <summary>Whether a name is one of a finished file.</summary>
    internal static bool IsComplete(string path) => Names.Any(name => path.EndsWith("-" + name, StringComparison.Ordinal));
}
