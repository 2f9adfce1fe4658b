using System.Collections.Immutable;
using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Draws a weight's first values in Keras's layout. Formulas: https://keras.io/api/layers/initializers/</summary>
internal static class InitialValues
{
    public static torch.Tensor Sample(Initializer initializer, ImmutableArray<int> shape, torch.Generator random)
    {
        long[] size = [.. shape.Select(length => (long)length)];
        return initializer switch
        {
            Constant constant => torch.full(size, constant.Value, torch.ScalarType.Float32),
            GlorotUniform => Uniform(size, Math.Sqrt(6.0 / (FanIn(shape) + FanOut(shape))), random),
            _ => throw Require.OutOfRange("Initializer", nameof(initializer), "an initializer this engine knows", initializer.GetType().Name),
        };
    }

    private static torch.Tensor Uniform(long[] size, double limit, torch.Generator random)
        => torch.rand(size, torch.ScalarType.Float32, generator: random).mul_(2 * limit).sub_(limit);

    /// <summary>Inputs each output depends on: the receptive field times the input channels.</summary>
    private static double FanIn(ImmutableArray<int> shape) => shape.Length < 2 ? shape.FirstOrDefault(1) : ReceptiveField(shape) * shape[^2];

    /// <summary>Outputs each input reaches: the receptive field times the output channels.</summary>
    private static double FanOut(ImmutableArray<int> shape) => shape.Length < 2 ? shape.FirstOrDefault(1) : ReceptiveField(shape) * shape[^1];

    private static double ReceptiveField(ImmutableArray<int> shape) => shape.SkipLast(2).Aggregate(1.0, (product, length) => product * length);
}
