using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Layers that draw random numbers while training, and pass their input on otherwise.</summary>
internal static class RandomReferences
{
    public static void Add()
    {
        Passing<Dropout>();
        Passing<SpatialDropout1D>();
        Passing<SpatialDropout2D>();
        Passing<SpatialDropout3D>();
        Passing<GaussianNoise>();
        Passing<GaussianDropout>();
        Passing<AlphaDropout>();
        Passing<StochasticDepth>();
        Passing<RandomFlip>();
        Passing<RandomRotation>();
        Passing<RandomZoom>();
        Passing<RandomTranslation>();
        Passing<RandomContrast>();
        Passing<RandomBrightness>();
        Passing<RandomErasing>();
        Passing<RandomShear>();
        Passing<RandomColorDegeneration>();
        Passing<RandomSharpness>();
        Passing<RandomPosterization>();
        Passing<Solarization>();
        Passing<Equalization>();
        Passing<RandAugment>();
        Passing<AugMix>();
        ReferenceTable.AddMasked<ActivityRegularization>((_, call) => call.X);
    }

    private static void Passing<TLayer>()
        where TLayer : Layer
        => ReferenceTable.AddMasked<TLayer>((layer, call) => call.IsTraining
            ? throw new NotSupportedException($"{layer.GetType().Name} draws random numbers.") : call.X);
}
