using DeepGpu.Data;
using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Runtime;
using DeepGpu.Training;

namespace DeepGpu;

/// <content>Training and measuring.</content>
public sealed partial class Model
{
    private Compiled? _compiled;

    /// <summary>Makes the model trainable; every output has the same loss and metrics.
    /// Calling it again starts with a fresh optimizer and keeps the weights.</summary>
    /// <param name="optimizer">How weights are changed.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="metrics">What is followed beside it.</param>
    public void Compile(Optimizer optimizer, Loss loss, params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(new CompileOptions(optimizer, [.. Spec.Outputs.Select(_ => new OutputTraining(loss, metrics))]));
    }

    /// <summary>Makes the model trainable by several processes, each of which calls it; every output has the same loss and
    /// metrics.</summary>
    /// <param name="optimizer">How weights are changed.</param>
    /// <param name="loss">What training makes small.</param>
    /// <param name="metrics">What is followed beside it.</param>
    /// <param name="distribution">The processes, of <c>Distribution.DataParallel()</c>; null for this one alone.</param>
    public void Compile(Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics, DataParallel? distribution)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Compile(new CompileOptions(optimizer, [.. Spec.Outputs.Select(_ => new OutputTraining(loss, metrics))])
        {
            Distribution = distribution,
        });
    }

    /// <summary>Makes the model trainable, with losses and metrics for each output.</summary>
    /// <param name="options">What the model is trained towards.</param>
    /// <exception cref="DeepGpuArgumentException">There is not one entry for each output, or an optimizer or schedule of your own is not
    /// among the model's extensions.</exception>
    /// <exception cref="ModelFormatException">An optimizer, schedule, loss or metric of the extensions would not come back from a file as
    /// it was.</exception>
    /// <exception cref="ModelStateException">The model is being trained, or evaluated.</exception>
    public void Compile(CompileOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Optimizer);
        using var changing = _use.Begin(ModelCall.Rebuild);
        if (options.Outputs.Count != Spec.Outputs.Count)
            throw Require.OutOfRange(nameof(Compile), nameof(options),
                $"one entry for each of the {Spec.Outputs.Count} outputs", options.Outputs.Count);
        if (options.CustomLoss is null && options.Outputs.All(output => output.Loss is null))
            throw Require.OutOfRange(nameof(Compile), nameof(options), "a loss for at least one output", "none");
        var compiled = TorchBorder.Run(
            nameof(Compile),
            () => new Compiled(Spec, Graph, Weights, options, Device.ToTorch(), Extensions) { Gate = _use.Weights });
        using var writing = _use.Weights.Write();
        ReleaseTraining();
        _compiled = compiled;
    }

    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="data">The samples to learn from.</param>
    /// <param name="epochs">Passes over the data, at least 1. Default 1.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <param name="validation">Samples measured after each epoch, not learned from; null for none.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own. Default true.</param>
    /// <param name="callbacks">What is called at the turns of training; null for nothing.</param>
    /// <param name="progress">Told a few times a second and at each epoch's end.</param>
    /// <param name="verbosity">What is written to the console. Default the progress, unless <paramref name="progress"/> is told.</param>
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
        IReadOnlyList<Callback>? callbacks = null,
        IProgress<TrainingProgress>? progress = null,
        Verbosity verbosity = Verbosity.Auto,
        CancellationToken cancellationToken = default)
        => Fit(data,
            new FitOptions
            {
                Epochs = epochs,
                BatchSize = batchSize,
                Validation = validation,
                Shuffle = shuffle,
                Callbacks = callbacks ?? [],
                Progress = progress,
                Verbosity = verbosity,
            },
            cancellationToken);

    /// <summary>Trains, with every option.</summary>
    /// <param name="data">The samples to learn from.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Stops after the current batch; the weights stay as trained so far.</param>
    /// <returns>Loss and metrics, one value an epoch.</returns>
    /// <exception cref="ModelStateException">The model is not compiled, is being trained, has a quantised layer that is not
    /// frozen, or has a custom loss with <see cref="FitOptions.GradientCheckpointing"/>.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model.</exception>
    /// <exception cref="CallbackException">A callback threw.</exception>
    /// <exception cref="NonFiniteException">A loss or gradient is not finite, and the options ask to throw.</exception>
    /// <exception cref="OutOfGpuMemoryException">A step does not fit into memory: see
    /// <see cref="FitOptions.SplitsOnOutOfMemory"/>.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer, loss or metric is named.</exception>
    /// <exception cref="DeepGpuArgumentException">The first epoch is beyond the last.</exception>
    public History Fit(DataSource data, FitOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            return Train(data, options, cancellationToken);
        }
        catch (OperationCanceledException) when (ProcessEnd.HasBegun)
        {
            ProcessEnd.Hold();
            throw;
        }
    }

    /// <summary>Trains on a thread of its own.</summary>
    /// <inheritdoc cref="Fit(DataSource, FitOptions, CancellationToken)"/>
    public Task<History> FitAsync(DataSource data, FitOptions options, CancellationToken cancellationToken = default)
        => Apart(() => Train(data, options, cancellationToken), cancellationToken);

    /// <summary>Runs a call on a thread of its own: none of the pool's is kept from other work.</summary>
    private static Task<T> Apart<T>(Func<T> call, CancellationToken cancellationToken)
        => Task.Factory.StartNew(call, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Measures loss and metrics on data, beside a training if there is one: each batch with the weights between two
    /// steps.</summary>
    /// <param name="data">The samples to measure on.</param>
    /// <param name="batchSize">Samples a step, at least 1. Default 32.</param>
    /// <param name="cancellationToken">Stops after the current batch.</param>
    /// <returns>"loss" and the metrics' names with their values.</returns>
    /// <exception cref="ModelStateException">The model is not compiled.</exception>
    /// <exception cref="TrainingDataException">The data does not fit the model, or there is none.</exception>
    /// <exception cref="OutOfGpuMemoryException">Not even one sample fits into memory: a batch that does not is run in parts.</exception>
    /// <exception cref="TorchException">torch refused an operation: the layer, loss or metric is named.</exception>
    public Evaluation Evaluate(DataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var running = _use.Begin(ModelCall.Measure);
        var compiled = Ready("Evaluate");
        Require.AtLeast(batchSize, 1, "Evaluate");
        Check(data, compiled, nameof(data));
        using var alone = _use.AloneIfStateful();
        return TorchBorder.Run(nameof(Evaluate), () =>
        {
            using var evaluator = EvaluatorOf(data, compiled);
            return new Evaluation(evaluator.Run(DataChecks.FixedBatch(Spec) ?? batchSize, cancellationToken));
        });
    }

    /// <summary>Measures on a thread of its own.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public Task<Evaluation> EvaluateAsync(DataSource data, int batchSize = 32, CancellationToken cancellationToken = default)
        => Apart(() => Evaluate(data, batchSize, cancellationToken), cancellationToken);

    private Evaluator EvaluatorOf(DataSource data, Compiled compiled)
        => new(compiled, data.Open(Requirements(compiled), Device.ToTorch(), shuffleSeed: null), Device.ToTorch());

    partial void ReleaseTraining()
    {
        _batches?.Dispose();
        _compiled?.Dispose();
        (_batches, _compiled, _whyNotCompiled) = (null, null, null);
    }

    private History Train(DataSource data, FitOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        using var training = _use.Begin(ModelCall.Train);
        var compiled = Ready("Fit");
        RefuseQuantized("Fit");
        ClassWeights.Check(options.ClassWeights, Spec);
        if (options.GradientCheckpointing && compiled.Options.CustomLoss is not null) throw CheckpointedCustomLoss();
        if (options.InitialEpoch > options.Epochs) throw Require.OutOfRange(nameof(Fit), nameof(FitOptions.InitialEpoch),
            $"from 0 to the number of epochs, {options.Epochs}", options.InitialEpoch);
        var (train, validation) = options.ValidationSplit > 0 ? data.Cut(1 - options.ValidationSplit) : (data, options.Validation);
        Check(train, compiled, nameof(data));
        if (validation is not null) Check(validation, compiled, nameof(validation));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ProcessEnd.Token);
        try
        {
            return TorchBorder.Run(nameof(Fit), () => Train(compiled, train, validation, options, either.Token));
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }

    private static ModelStateException CheckpointedCustomLoss() => new(new(
        "checkpointing_custom_loss",
        "Gradient checkpointing needs losses of the model's outputs,",
        "but the model is compiled with a custom loss of the whole step, which may ask for gradients itself.",
        "Leave GradientCheckpointing out, or compile with a loss for each output."));

    private History Train(Compiled compiled, DataSource data, DataSource? validation, FitOptions options, CancellationToken cancellation)
    {
        compiled.UseAverage(false);
        if (DataChecks.FixedBatch(Spec) is { } size) options = options with { BatchSize = size };
        if (compiled.Group is { } group) _seed = (int)group.FromFirst(_seed)[0];
        var device = Device.ToTorch();
        using var train = data.Open(Requirements(compiled), device, options.Shuffle ? _seed : null);
        using var evaluator = validation is null ? null : EvaluatorOf(validation, compiled);
        var isValidated = validation is not null;
        using var session = new TrainingSession(this, compiled, options, data.Fingerprint, device, _seed) { IsValidated = isValidated };
        return new TrainingLoop(session, train, evaluator, cancellation).Run();
    }

    private Compiled Ready(string call) => _compiled ?? throw new ModelStateException(new(
        "not_compiled",
        $"{call} needs a compiled model,",
        _whyNotCompiled is { } why
            ? $"but '{Spec.Name}' is not: what its file was compiled with could not be taken over. {why}"
            : $"but '{Spec.Name}' is not compiled.",
        "Call Compile(Optimizer.Adam(), Loss.CategoricalCrossentropy()) first."));

    private void Check(DataSource data, Compiled compiled, string name)
        => data.Check(Requirements(compiled), name);

    private DataRequirements Requirements(Compiled compiled)
        => new(Spec, [.. compiled.Options.Outputs.Select(output => output.Loss)])
        {
            Metrics = [.. compiled.Options.Outputs.Select(output => (IReadOnlyList<Metric>)[.. output.Metrics, .. output.WeightedMetrics])]
        };
}
