using DeepGpu;
using DeepGpu.Models;
using TorchSharp;

namespace CustomLayer;

/// <summary>The largest of several products with weights: y = max over pieces of (x W + b).
/// Goodfellow et al., 2013, https://arxiv.org/abs/1302.4389.</summary>
/// <remarks>Input (batch, features), output (batch, units).</remarks>
/// <param name="Units">Length of the output.</param>
/// <param name="Pieces">Products that the largest is taken of. Default 2.</param>
public sealed record Maxout(int Units, int Pieces = 2) : UnaryLayer
{
    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    public Initializer KernelInitializer { get; init; } = Initializer.GlorotUniform;

    public override Shape OutputShape(Shape input)
        => input.Rank == 2 ? new(input[0], Units) : throw new ShapeException("a flat input", "Add .Flatten() before it.");

    public override IReadOnlyList<WeightSpec> Weights(Shape input) =>
    [
        new("kernel", [input[1]!.Value, Units * Pieces], KernelInitializer),
        new("bias", [Units * Pieces], Initializer.Zeros),
    ];

    // Optional: without it the layer can do all the same, but forecasts say that its time is unknown.
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var (rows, features) = (inputs[0][0]!.Value, inputs[0][1]!.Value);
        var weights = Weights(inputs).Sum(weight => weight.Count);
        return
        [
            new()
            {
                Name = name,
                Kind = OperationKind.MatrixMultiply,
                ForwardFlops = 2.0 * rows * features * Units * Pieces,
                BackwardFlops = 4.0 * rows * features * Units * Pieces,
                InputElements = (long)rows * features,
                OutputElements = (long)rows * Units,
                WeightElements = weights,
                TrainableWeightElements = weights,
                SavesInputs = true,
            },
        ];
    }
}

/// <summary>Maxout as torch runs it.</summary>
public sealed class LiveMaxout(Maxout layer, LoweringContext context) : UnaryLiveLayer
{
    private readonly LiveWeight _kernel = context.Weight("kernel");
    private readonly LiveWeight _bias = context.Weight("bias");

    public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        => input.mm(_kernel.Value).add(_bias.Value).reshape(-1, layer.Units, layer.Pieces).amax([2]);
}
