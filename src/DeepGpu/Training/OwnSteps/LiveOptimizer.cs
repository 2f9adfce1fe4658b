using DeepGpu.Lowering;
using DeepGpu.Models;
using DeepGpu.Numbers;
using DeepGpu.Optimizers;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>An optimizer over the weights of one model, of several, or of a part of one, for training steps of your own: a GAN has one for
/// each of its two models. The models need not be compiled.</summary>
/// <remarks>
/// It keeps what the optimizer remembers of each weight, and counts its own steps; weights frozen when it is made are left alone. Make it
/// after freezing, quantising or adding LoRA.
/// <para>A step has the models it trains and runs for itself, as <c>Fit</c> has its model: the rule of <see cref="Model"/> holds.</para>
/// Keras: https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/
/// </remarks>
/// <example><code>
/// using var forCritic = new LiveOptimizer(Optimizer.Adam(4e-4), critic);
/// double loss = forCritic.Step(step =>
/// {
///     var real = step.Forward(critic, step.Tensor(images));
///     var fake = step.Forward(critic, step.Forward(generator, step.Normal(64, 32)).detach());
///     return (fake - real).mean();
/// });
/// </code></example>
public sealed class LiveOptimizer : IDisposable
{
    private readonly IReadOnlyList<Model> _models;
    private readonly LiveWeight[] _weights;
    private readonly OptimizerStepper _stepper;
    private readonly torch.Generator _random;
    private readonly long _seed;

    /// <summary>An optimizer over all trainable weights of models.</summary>
    /// <param name="optimizer">How weights are changed.</param>
    /// <param name="models">The models, at least one, on one device.</param>
    /// <exception cref="DeepGpuArgumentException">There is no model, or none has a trainable weight, or they are on several
    /// devices.</exception>
    public LiveOptimizer(Optimizer optimizer, params IReadOnlyList<Model> models)
        : this(optimizer, models, _ => true)
    {
    }

    /// <summary>An optimizer over the trainable weights of some layers of a model.</summary>
    /// <param name="optimizer">How weights are changed.</param>
    /// <param name="model">The model.</param>
    /// <param name="layers">The layers' names; of a model inside it all layers.</param>
    /// <exception cref="DeepGpuArgumentException">The layers have no trainable weight, or a name is no layer's.</exception>
    public LiveOptimizer(Optimizer optimizer, Model model, IReadOnlyCollection<string> layers)
        : this(optimizer, [model], weight => layers.Any(layer => weight.Name.StartsWith(layer + "/", StringComparison.Ordinal)))
    {
        foreach (var layer in layers.Where(layer => _weights.All(weight => !weight.Name.StartsWith(layer + "/", StringComparison.Ordinal))))
            throw Require.OutOfRange(nameof(LiveOptimizer), nameof(layers), $"layers with trainable weights of '{model.Spec.Name}'", layer);
    }

    private LiveOptimizer(Optimizer optimizer, IReadOnlyList<Model> models, Func<LiveWeight, bool> isTrained)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0) throw Require.OutOfRange(nameof(LiveOptimizer), nameof(models), "at least one", 0);
        if (models.Select(model => model.Device).Distinct().Skip(1).Any())
            throw Require.OutOfRange(nameof(LiveOptimizer), nameof(models), "models on one device", "several");
        _models = [.. models.Distinct()];
        _weights = [.. Trainable().Where(isTrained)];
        if (_weights.Length == 0) throw Require.OutOfRange(nameof(LiveOptimizer), nameof(models), "with a trainable weight", "none");
        var scales = optimizer.LossScaleFactor is null && _weights.Any(weight => weight.IsMixedHalf);
        _stepper = TorchBorder.Run(nameof(LiveOptimizer), ()
            => OptimizerStepper.Create(scales ? optimizer.WithLossScaling() : optimizer, _weights, models[0].Extensions));
        (_random, _seed) = (new(0, Device), models[0].Seed);
    }

    /// <summary>The learning rate of the next step; setting it replaces a schedule.</summary>
    public double LearningRate { get => _stepper.LearningRate; set => _stepper.LearningRate = value; }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The weights it changes.</summary>
    public IReadOnlyList<LiveWeight> Weights => _weights;

    internal torch.Device Device => _models[0].Device.ToTorch();

    /// <summary>Takes a step: runs the function, adds what layers and regularizers of the trained weights add to the loss, computes the
    /// gradients and changes the weights. Every tensor made inside is freed.</summary>
    /// <param name="loss">Computes the loss, one number, with the passes that the step offers. What comes from other models counts as
    /// data: their weights stay.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ModelStateException">A model is trained or changed by another call, its trainable weights are no longer those that
    /// the optimizer was made for, or the loss depends on none of them.</exception>
    /// <exception cref="TrainingDataException">The loss is not one floating-point number, or tensors do not fit a model.</exception>
    /// <exception cref="TorchException">torch refused an operation.</exception>
    public double Step(Func<GradientStep, torch.Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!_weights.All(Trainable().ToHashSet().Contains)) throw Changed();
        return TorchBorder.Run(nameof(Step), () => Take(loss));
    }

    /// <summary>Frees what the optimizer remembers. The models stay.</summary>
    public void Dispose()
    {
        _stepper.Dispose();
        _random.Dispose();
    }

    private double Take(Func<GradientStep, torch.Tensor> loss)
    {
        using var scope = torch.NewDisposeScope();
        _stepper.ClearGradients();
        _random.manual_seed((long)new StableRandom(_seed, Steps).NextBits());
        using var step = new GradientStep(this, ForwardContext.Training(_random));
        foreach (var model in _models) step.Hold(model, trains: true);
        var total = step.Total(loss, _weights);
        _stepper.LossScale.Apply(total, 1).backward();
        step.ForgetOtherGradients(_weights);
        Change();
        Steps++;
        return total.item<float>();
    }

    private void Change()
    {
        var gates = new Stack<WeightGate.Held>();
        try
        {
            foreach (var model in _models) gates.Push(model.Calls.Weights.Write());
            _stepper.Step();
            foreach (var weight in _weights.Where(weight => weight.Spec.Constraint is not null)) weight.Constrain();
        }
        finally
        {
            while (gates.TryPop(out var gate)) gate.Dispose();
        }
    }

    private IEnumerable<LiveWeight> Trainable() => _models.SelectMany(model => model.Weights).Where(weight => weight.IsTrainable);

    private static ModelStateException Changed() => new(new(
        "weights_changed",
        "An optimizer changes the weights that it was made for,",
        "but some of them are frozen now, or gone.",
        "Make a new LiveOptimizer after freezing, quantising or adding LoRA."));
}
