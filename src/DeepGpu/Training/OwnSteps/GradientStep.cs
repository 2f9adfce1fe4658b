using DeepGpu.Data;
using DeepGpu.Losses;
using DeepGpu.Lowering;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu;

/// <summary>One step of a <see cref="LiveOptimizer"/>: forward passes over any models, and tensors that live as long as the step.</summary>
public sealed class GradientStep : IDisposable
{
    private readonly LiveOptimizer _optimizer;
    private readonly ForwardContext _context;
    private readonly HashSet<(Model Model, bool Trains)> _models = [];
    private readonly Stack<IDisposable> _holds = [];

    internal GradientStep(LiveOptimizer optimizer, ForwardContext context) => (_optimizer, _context) = (optimizer, context);

    /// <summary>An array as a tensor on the device of the models.</summary>
    /// <param name="values">The array; it is copied.</param>
    public torch.Tensor Tensor(NDArray values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Tensors.From(values, _optimizer.Device);
    }

    /// <summary>Random numbers of a normal distribution with mean 0 and standard deviation 1, single precision, on the device of the
    /// models. They follow from the seed of the optimizer's first model and the number of the step.</summary>
    /// <param name="shape">The length of each axis.</param>
    public torch.Tensor Normal(params ReadOnlySpan<long> shape)
        => torch.randn(shape.ToArray(), torch.ScalarType.Float32, _optimizer.Device, generator: _context.Random);

    /// <summary>Random numbers from 0 to 1, 1 left out, like <see cref="Normal"/>.</summary>
    /// <param name="shape">The length of each axis.</param>
    public torch.Tensor Uniform(params ReadOnlySpan<long> shape)
        => torch.empty(shape.ToArray(), torch.ScalarType.Float32, _optimizer.Device).uniform_(0, 1, _context.Random);

    /// <summary>Runs a model with one input and one output, gradients recorded.</summary>
    /// <param name="model">The model: trained by this step or not.</param>
    /// <param name="input">The input, (batch, ...).</param>
    /// <param name="training">Whether layers such as dropout and batch normalization act as in training. Default true.</param>
    /// <returns>The output, (batch, ...).</returns>
    /// <exception cref="TrainingDataException">The tensor does not fit the model.</exception>
    public torch.Tensor Forward(Model model, torch.Tensor input, bool training = true) => Forward(model, [input], training).Single();

    /// <summary>Runs a model, gradients recorded.</summary>
    /// <param name="model">The model: trained by this step or not.</param>
    /// <param name="inputs">A tensor for each input, (batch, ...).</param>
    /// <param name="training">Whether layers such as dropout and batch normalization act as in training. Default true.</param>
    /// <returns>The outputs, (batch, ...).</returns>
    /// <exception cref="TrainingDataException">The tensors do not fit the model.</exception>
    public IReadOnlyList<torch.Tensor> Forward(Model model, IReadOnlyList<torch.Tensor> inputs, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        DataChecks.Inputs(inputs, model.Spec);
        Hold(model, training);
        model.Graph.Memory.Demand(inputs, training);
        var context = training ? _context : ForwardContext.Inference;
        return [.. model.Graph.Run([.. inputs.Select(input => new Signal(input))], context).Select(output => output.Tensor)];
    }

    /// <summary>Lets go of the models. The optimizer calls it.</summary>
    public void Dispose()
    {
        while (_holds.TryPop(out var hold)) hold.Dispose();
    }

    /// <summary>Has a model for the step: nobody trains or changes it meanwhile.</summary>
    internal void Hold(Model model, bool trains)
    {
        if (_models.Contains((model, true)) || !_models.Add((model, trains))) return;
        _holds.Push(model.Calls.Begin(trains ? ModelCall.Train : ModelCall.Run));
        if (!trains) _holds.Push(model.Calls.Weights.Read());
        else if (model.ChangesInPass) _holds.Push(model.Calls.Weights.Write());
    }

    /// <summary>The loss with what layers and regularizers add.</summary>
    internal torch.Tensor Total(Func<GradientStep, torch.Tensor> loss, IReadOnlyList<LiveWeight> weights)
    {
        const string Who = nameof(LiveOptimizer) + "." + nameof(LiveOptimizer.Step);
        var total = OwnFunctions.OneNumber(Who, TorchBorder.OfUser(Who, () => loss(this)));
        if (!total.requires_grad) throw OwnFunctions.Detached(Who);
        return _context.Penalties.Concat(weights.Where(weight => weight.Spec.Regularizer is not null).Select(weight => weight.Penalty()))
            .Aggregate(total, (sum, penalty) => sum.Plus(penalty));
    }

    /// <summary>Forgets the gradients of weights that other optimizers change.</summary>
    internal void ForgetOtherGradients(IReadOnlyCollection<LiveWeight> trained)
    {
        foreach (var weight in _models.SelectMany(held => held.Model.Weights).Distinct().Except(trained)) weight.Tensor.grad = null;
    }
}
