using DeepGpu.Models;

namespace DeepGpu;

/// <content>Training and measuring.</content>
public sealed partial class Model
{
    private Compiled? _compiled;
    private int _isTraining;

    /// <summary>Makes the model trainable; every output has the same loss and metrics. Calling it again starts with a fresh optimizer and keeps the weights.</summary>
    /// <param name="optimizer">How weights are changed.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="metrics">What is followed beside it.</param>
    public void Compile(Optimizer optimizer, Loss loss, params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(new CompileOptions(optimizer, [.. Spec.Outputs.Select(_ => new OutputTraining(loss, metrics))]));
    }

    /// <summary>Makes the model trainable, with losses and metrics for each output.</summary>
    /// <param name="options">What the model is trained towards.</param>
    /// <exception cref="DeepGpuArgumentException">There is not one entry for each output.</exception>
    public void Compile(CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Optimizer);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (options.Outputs.Count != Spec.Outputs.Count) throw Require.OutOfRange(nameof(Compile), nameof(options), $"one entry for each of the {Spec.Outputs.Count} outputs", options.Outputs.Count);
        if (options.CustomLoss is null && options.Outputs.All(output => output.Loss is null)) throw Require.OutOfRange(nameof(Compile), nameof(options), "a loss for at least one output", "none");
        var compiled = new Compiled(Spec, Graph, Weights, options, Device.ToTorch());
        Uncompile();
        _compiled = compiled;
    }

    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="data">The samples to learn from.</param>
    /// <param name="epochs">Passes over the data, at least 1. Default 1.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <param name="validation">Samples measured after each epoch, not learned from; null for none.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own. Default true.</param>
    /// <param name="progress">Told a few times a second and at each epoch's end.</param>
    /// <param name="cancellationToken">Stops after the current batch; the weights stay as trained so far.</param>
    /// <returns>Loss and metrics, one value an epoch.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, is being trained, or has a quantised layer that is not
    /// frozen.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    public History Fit(
        DataSource data,
        int epochs = 1,
        int batchSize = 32,
        DataSource? validation = null,
        bool shuffle = true,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        => Fit(data, new FitOptions { Epochs = epochs, BatchSize = batchSize, Validation = validation, Shuffle = shuffle, Progress = progress }, cancellationToken);

    /// <summary>Trains, with every option.</summary>
    /// <param name="data">The samples to learn from.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Stops after the current batch; the weights stay as trained so far.</param>
    /// <returns>Loss and metrics, one value an epoch.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, is being trained, or has a quantised layer that is not
    /// frozen.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    /// <exception cref="CallbackException">A callback threw.</exception>
    /// <exception cref="NonFiniteException">A loss or gradient is not finite, and the options ask to throw.</exception>
    /// <exception cref="OutOfGpuMemoryException">A step does not fit into memory: see <see cref="FitOptions.SplitsOnOutOfMemory"/>.</exception>
    public History Fit(DataSource data, FitOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var compiled = Ready("Fit");
        RefuseQuantized("Fit");
        ClassWeights.Check(options.ClassWeights, Spec);
        var (train, validation) = options.ValidationSplit > 0 ? data.Cut(1 - options.ValidationSplit) : (data, options.Validation);
        Check(train, compiled, nameof(data));
        if (validation is not null) Check(validation, compiled, nameof(validation));
        return Exclusively(() => Train(compiled, train, validation, options, cancellationToken));
    }

    /// <summary>Trains on a thread of its own.</summary>
    /// <inheritdoc cref="Fit(DataSource, FitOptions, CancellationToken)"/>
    public Task<History> FitAsync(DataSource data, FitOptions options, CancellationToken cancellationToken = default)
        => Task.Factory.StartNew(() => Fit(data, options, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Measures loss and metrics on data.</summary>
    /// <param name="data">The samples to measure on.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns>"loss" and the metrics' names with their values.</returns>
    /// <exception cref="ModelStateException">The model is not compiled.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    public IReadOnlyDictionary<string, double> Evaluate(DataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var compiled = Ready("Evaluate");
        Require.AtLeast(batchSize, 1, "Evaluate");
        Check(data, compiled, nameof(data));
        using var running = _use.Enter(this);
        using var evaluator = new Evaluator(compiled, data.Open(Requirements(compiled), Device.ToTorch(), shuffleSeed: null), Device.ToTorch());
        return evaluator.Run(batchSize, cancellationToken);
    }

    private void Uncompile()
    {
        _batches?.Dispose();
        _compiled?.Dispose();
        (_batches, _compiled, _whyNotCompiled) = (null, null, null);
    }

    private History Train(Compiled compiled, DataSource data, DataSource? validation, FitOptions options, CancellationToken cancellation)
    {
        using var running = _use.Enter(this);
        var device = Device.ToTorch();
        using var train = data.Open(Requirements(compiled), device, options.Shuffle ? _seed : null);
        using var evaluator = validation is null ? null : new Evaluator(compiled, validation.Open(Requirements(compiled), device, shuffleSeed: null), device);
        using var session = new TrainingSession(this, compiled, options, data.Fingerprint, device, _seed) { IsValidated = evaluator is not null };
        return new TrainingLoop(session, train, evaluator, cancellation).Run();
    }

    /// <summary>Runs what no two calls may do at a time.</summary>
    private T Exclusively<T>(Func<T> run)
    {
        if (Interlocked.Exchange(ref _isTraining, 1) == 1) throw AlreadyTraining();
        try
        {
            return run();
        }
        finally
        {
            _isTraining = 0;
        }
    }

    private Compiled Ready(string call)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _compiled ?? throw new ModelStateException(new(
            "not_compiled",
            $"{call} needs a compiled model,",
            _whyNotCompiled is { } why ? $"but '{Spec.Name}' is not: what its file was compiled with could not be taken over. {why}" : $"but '{Spec.Name}' is not compiled.",
            "Call Compile(Optimizer.Adam(), Loss.CategoricalCrossentropy()) first."));
    }

    private void Check(DataSource data, Compiled compiled, string name)
        => data.Check(Requirements(compiled), name);

    private DataRequirements Requirements(Compiled compiled) => new(Spec, [.. compiled.Options.Outputs.Select(output => output.Loss)]) { Metrics = [.. compiled.Options.Outputs.Select(output => (IReadOnlyList<Metric>)[.. output.Metrics, .. output.WeightedMetrics])] };

    private ModelStateException AlreadyTraining() => new(new(
        "already_training",
        "A model is trained by one call at a time,",
        $"but '{Spec.Name}' is being trained.",
        "Wait for the other call, or make a second model."));
}
