using DeepGpu;
using DeepGpu.Models;
using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace CustomTrainingStep;

/// <summary>A generative adversarial network: two models, each with its optimizer, trained against each other.
/// Keras: https://keras.io/examples/generative/dcgan_overriding_train_step/</summary>
public sealed class Gan : IDisposable
{
    private const int Noise = 32;

    private readonly Loss _loss = Loss.BinaryCrossentropy(fromLogits: true);
    private readonly Model _discriminator;
    private readonly Model _generator;
    private readonly LiveOptimizer _forDiscriminator;
    private readonly LiveOptimizer _forGenerator;

    public Gan(int seed)
    {
        _discriminator = Sequential.Input(28, 28, 1)
            .Conv2D(32, 4, strides: 2, padding: Padding.Same).LeakyReLU(0.2)
            .Conv2D(64, 4, strides: 2, padding: Padding.Same).LeakyReLU(0.2)
            .Flatten().Dropout(0.2).Dense(1)
            .Build("discriminator").ToModel(Device.Best(), seed);
        _generator = Sequential.Input(Noise)
            .Dense(7 * 7 * 64).Reshape(7, 7, 64)
            .Conv2DTranspose(64, 4, strides: 2, padding: Padding.Same).LeakyReLU(0.2)
            .Conv2DTranspose(32, 4, strides: 2, padding: Padding.Same).LeakyReLU(0.2)
            .Conv2D(1, 5, Activation.Sigmoid, padding: Padding.Same)
            .Build("generator").ToModel(Device.Best(), seed);
        _forDiscriminator = new(Optimizer.Adam(3e-4, beta1: 0.5), _discriminator);
        _forGenerator = new(Optimizer.Adam(3e-4, beta1: 0.5), _generator);
    }

    /// <summary>A step of each model on a batch of real images.</summary>
    public (double Discriminator, double Generator) Train(NDArray images)
    {
        var count = images.Shape[0];
        var discriminator = _forDiscriminator.Step(step =>
        {
            var fake = step.Forward(_discriminator, step.Forward(_generator, step.Normal(count, Noise)).detach());
            var real = step.Forward(_discriminator, step.Tensor(images));
            return _loss.Compute(torch.ones_like(real), real) + _loss.Compute(torch.zeros_like(fake), fake);
        });
        var generator = _forGenerator.Step(step =>
        {
            var fake = step.Forward(_discriminator, step.Forward(_generator, step.Normal(count, Noise)));
            return _loss.Compute(torch.ones_like(fake), fake);
        });
        return (discriminator, generator);
    }

    /// <summary>Digits that nobody wrote, (count, 28, 28, 1) from 0 to 1.</summary>
    public NDArray Generate(int count)
    {
        var noise = new Random(7);
        return _generator.Predict(NDArray.From<float>([.. Enumerable.Range(0, count * Noise).Select(_ => Normal(noise))], count, Noise));
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _forDiscriminator, _forGenerator, _discriminator, _generator }) owned.Dispose();
    }

    private static float Normal(Random random)
        => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
