using DeepGpu;
using DeepGpu.Models;

namespace CustomTrainingStep;

/// <summary>A variational autoencoder: an encoder and a decoder under one optimizer.
/// Keras: https://keras.io/examples/generative/vae/</summary>
public sealed class Vae : IDisposable
{
    public const int Latent = 2;

    private readonly Loss _loss = Loss.BinaryCrossentropy();
    private readonly LiveOptimizer _optimizer;

    public Vae(int seed)
    {
        var input = Functional.Input(28, 28, 1);
        var x = input.Conv2D(16, 3, Activation.Relu, strides: 2, padding: Padding.Same)
            .Conv2D(32, 3, Activation.Relu, strides: 2, padding: Padding.Same).Flatten().Dense(32, Activation.Relu);
        Encoder = Functional.Model([input], [x.Dense(Latent, name: "mean"), x.Dense(Latent, name: "log_variance")], "encoder")
            .ToModel(Device.Best(), seed);
        Decoder = Sequential.Input(Latent)
            .Dense(7 * 7 * 32, Activation.Relu).Reshape(7, 7, 32)
            .Conv2DTranspose(32, 3, Activation.Relu, strides: 2, padding: Padding.Same)
            .Conv2DTranspose(16, 3, Activation.Relu, strides: 2, padding: Padding.Same)
            .Conv2DTranspose(1, 3, Activation.Sigmoid, padding: Padding.Same)
            .Build("decoder").ToModel(Device.Best(), seed);
        _optimizer = new(Optimizer.Adam(), Encoder, Decoder);
    }

    public Model Encoder { get; }

    public Model Decoder { get; }

    /// <summary>A step on a batch of images; returns the loss.</summary>
    public double Train(NDArray images) => _optimizer.Step(step =>
    {
        var target = step.Tensor(images);
        var encoded = step.Forward(Encoder, [target]);
        var (mean, logVariance) = (encoded[0], encoded[1]);
        var code = mean + (logVariance / 2).exp() * step.Normal(images.Shape[0], Latent);
        var reconstruction = 28 * 28 * _loss.Compute(target, step.Forward(Decoder, code));
        var divergence = -0.5 * (1 + logVariance - mean.square() - logVariance.exp()).sum(1).mean();
        return reconstruction + divergence;
    });

    /// <summary>What is left of images that went through two numbers.</summary>
    public NDArray Reconstruct(NDArray images) => Decoder.Predict(Encoder.Predict([images])[0]);

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _optimizer, Encoder, Decoder }) owned.Dispose();
    }
}
