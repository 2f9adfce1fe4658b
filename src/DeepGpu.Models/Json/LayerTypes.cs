using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models;

/// <summary>How a class of layers is read and written, and a layer whose options have their defaults.</summary>
/// <param name="Json">The reader and writer.</param>
/// <param name="Sample">A layer with every default.</param>
internal sealed record LayerType(JsonTypeInfo Json, Layer Sample)
{
    /// <summary>The names of the options in a config.</summary>
    public IReadOnlySet<string> Options { get; } = Json.Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>A config with every default, what must be given left out.</summary>
    /// <remarks>The generated reader takes a missing option as null or 0, so that defaults have to be written in first.</remarks>
    public JsonObject Defaults()
    {
        var config = JsonSerializer.SerializeToNode(Sample, Json)!.AsObject();
        foreach (var property in Json.Properties.Where(p =>
            p.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false }))
            config.Remove(property.Name);
        return config;
    }
}

/// <summary>The classes a description may name, a literal list: nothing in a file can name a .NET type.</summary>
internal static class LayerTypes
{
    private static readonly ModelJsonContext Json = ModelJsonContext.Default;
    private static readonly ConcurrentDictionary<string, LayerType?> Cache = new(StringComparer.Ordinal);

    /// <summary>How a class is read and written; null for a class this library does not know.</summary>
    public static LayerType? Find(string className) => Cache.GetOrAdd(className, Make);

    private static LayerType? Make(string className) => className switch
    {
        "InputLayer" => new(Json.InputLayer, new InputLayer(new Shape((int?)null))),
        "ELU" => new(Json.ELU, new ELU()),
        "LeakyReLU" => new(Json.LeakyReLU, new LeakyReLU()),
        "PReLU" => new(Json.PReLU, new PReLU()),
        "ReLU" => new(Json.ReLU, new ReLU()),
        "Softmax" => new(Json.Softmax, new Softmax()),
        "Attention" => new(Json.Attention, new Attention()),
        "AdditiveAttention" => new(Json.AdditiveAttention, new AdditiveAttention()),
        "MultiHeadAttention" => new(Json.MultiHeadAttention, new MultiHeadAttention(1, 1)),
        "GroupQueryAttention" or "GroupedQueryAttention" => new(Json.GroupedQueryAttention, new GroupedQueryAttention(1, 1, 1)),
        "Conv1D" => new(Json.Conv1D, new Conv1D(1, 1)),
        "Conv1DTranspose" => new(Json.Conv1DTranspose, new Conv1DTranspose(1, 1)),
        "Conv2D" => new(Json.Conv2D, new Conv2D(1, 1)),
        "Conv2DTranspose" => new(Json.Conv2DTranspose, new Conv2DTranspose(1, 1)),
        "Conv3D" => new(Json.Conv3D, new Conv3D(1, 1)),
        "Conv3DTranspose" => new(Json.Conv3DTranspose, new Conv3DTranspose(1, 1)),
        "DepthwiseConv1D" => new(Json.DepthwiseConv1D, new DepthwiseConv1D(1)),
        "DepthwiseConv2D" => new(Json.DepthwiseConv2D, new DepthwiseConv2D(1)),
        "SeparableConv1D" => new(Json.SeparableConv1D, new SeparableConv1D(1, 1)),
        "SeparableConv2D" => new(Json.SeparableConv2D, new SeparableConv2D(1, 1)),
        "Activation" => new(Json.ActivationLayer, new ActivationLayer(Activation.Linear)),
        "Dense" => new(Json.Dense, new Dense(1)),
        "EinsumDense" => new(Json.EinsumDense, new EinsumDense("a,a->a", [])),
        "Embedding" => new(Json.Embedding, new Embedding(1, 1)),
        "Identity" => new(Json.IdentityLayer, new IdentityLayer()),
        "Masking" => new(Json.Masking, new Masking()),
        "Any" => new(Json.Any, new Any()),
        "NotEqual" => new(Json.NotEqual, new NotEqual()),
        "Add" => new(Json.Add, new Add()),
        "Average" => new(Json.Average, new Average()),
        "Concatenate" => new(Json.Concatenate, new Concatenate()),
        "Dot" => new(Json.Dot, new Dot(1)),
        "Maximum" => new(Json.Maximum, new Maximum()),
        "Minimum" => new(Json.Minimum, new Minimum()),
        "Multiply" => new(Json.Multiply, new Multiply()),
        "Subtract" => new(Json.Subtract, new Subtract()),
        "BatchNormalization" => new(Json.BatchNormalization, new BatchNormalization()),
        "GroupNormalization" => new(Json.GroupNormalization, new GroupNormalization()),
        "LayerNormalization" => new(Json.LayerNormalization, new LayerNormalization()),
        "LayerScale" => new(Json.LayerScale, new LayerScale()),
        "RMSNormalization" => new(Json.RMSNormalization, new RMSNormalization()),
        "SpectralNormalization" => new(Json.SpectralNormalization, new SpectralNormalization(new Dense(1))),
        "UnitNormalization" => new(Json.UnitNormalization, new UnitNormalization()),
        "AdaptiveAveragePooling1D" => new(Json.AdaptiveAveragePooling1D, new AdaptiveAveragePooling1D(1)),
        "AdaptiveAveragePooling2D" => new(Json.AdaptiveAveragePooling2D, new AdaptiveAveragePooling2D(1)),
        "AdaptiveAveragePooling3D" => new(Json.AdaptiveAveragePooling3D, new AdaptiveAveragePooling3D(1)),
        "AdaptiveMaxPooling1D" => new(Json.AdaptiveMaxPooling1D, new AdaptiveMaxPooling1D(1)),
        "AdaptiveMaxPooling2D" => new(Json.AdaptiveMaxPooling2D, new AdaptiveMaxPooling2D(1)),
        "AdaptiveMaxPooling3D" => new(Json.AdaptiveMaxPooling3D, new AdaptiveMaxPooling3D(1)),
        "AveragePooling1D" => new(Json.AveragePooling1D, new AveragePooling1D()),
        "AveragePooling2D" => new(Json.AveragePooling2D, new AveragePooling2D()),
        "AveragePooling3D" => new(Json.AveragePooling3D, new AveragePooling3D()),
        "GlobalAveragePooling1D" => new(Json.GlobalAveragePooling1D, new GlobalAveragePooling1D()),
        "GlobalAveragePooling2D" => new(Json.GlobalAveragePooling2D, new GlobalAveragePooling2D()),
        "GlobalAveragePooling3D" => new(Json.GlobalAveragePooling3D, new GlobalAveragePooling3D()),
        "GlobalMaxPooling1D" => new(Json.GlobalMaxPooling1D, new GlobalMaxPooling1D()),
        "GlobalMaxPooling2D" => new(Json.GlobalMaxPooling2D, new GlobalMaxPooling2D()),
        "GlobalMaxPooling3D" => new(Json.GlobalMaxPooling3D, new GlobalMaxPooling3D()),
        "MaxPooling1D" => new(Json.MaxPooling1D, new MaxPooling1D()),
        "MaxPooling2D" => new(Json.MaxPooling2D, new MaxPooling2D()),
        "MaxPooling3D" => new(Json.MaxPooling3D, new MaxPooling3D()),
        "Normalization" => new(Json.Normalization, new Normalization()),
        "RandomFlip" => new(Json.RandomFlip, new RandomFlip()),
        "RandomRotation" => new(Json.RandomRotation, new RandomRotation(0.1)),
        "RandomZoom" => new(Json.RandomZoom, new RandomZoom(0.1)),
        "RandomTranslation" => new(Json.RandomTranslation, new RandomTranslation(0.1, 0.1)),
        "RandomContrast" => new(Json.RandomContrast, new RandomContrast(0.1)),
        "RandomBrightness" => new(Json.RandomBrightness, new RandomBrightness(0.1)),
        "RandomCrop" => new(Json.RandomCrop, new RandomCrop(1, 1)),
        "RandomErasing" => new(Json.RandomErasing, new RandomErasing()),
        "RandomShear" => new(Json.RandomShear, new RandomShear()),
        "RandomColorDegeneration" => new(Json.RandomColorDegeneration, new RandomColorDegeneration(0.1)),
        "RandomSharpness" => new(Json.RandomSharpness, new RandomSharpness(0.1)),
        "RandomPosterization" => new(Json.RandomPosterization, new RandomPosterization(4)),
        "Solarization" => new(Json.Solarization, new Solarization()),
        "AutoContrast" => new(Json.AutoContrast, new AutoContrast()),
        "Equalization" => new(Json.Equalization, new Equalization()),
        "RandAugment" => new(Json.RandAugment, new RandAugment()),
        "AugMix" => new(Json.AugMix, new AugMix()),
        "Resizing" => new(Json.Resizing, new Resizing(1, 1)),
        "CenterCrop" => new(Json.CenterCrop, new CenterCrop(1, 1)),
        "CategoryEncoding" => new(Json.CategoryEncoding, new CategoryEncoding(1)),
        "Discretization" => new(Json.Discretization, new Discretization()),
        "Hashing" => new(Json.Hashing, new Hashing(1)),
        "HashedCrossing" => new(Json.HashedCrossing, new HashedCrossing(1)),
        "STFTSpectrogram" => new(Json.STFTSpectrogram, new STFTSpectrogram()),
        "MelSpectrogram" => new(Json.MelSpectrogram, new MelSpectrogram()),
        "IntegerLookup" => new(Json.IntegerLookup, new IntegerLookup()),
        "Rescaling" => new(Json.Rescaling, new Rescaling([1])),
        "Bidirectional" => new(Json.Bidirectional, new Bidirectional(new SimpleRNN(1))),
        "SimpleRNNCell" => new(Json.SimpleRNNCell, new SimpleRNNCell(1)),
        "LSTMCell" => new(Json.LSTMCell, new LSTMCell(1)),
        "GRUCell" => new(Json.GRUCell, new GRUCell(1)),
        "ConvLSTM1D" => new(Json.ConvLSTM1D, new ConvLSTM1D(1, 1)),
        "ConvLSTM2D" => new(Json.ConvLSTM2D, new ConvLSTM2D(1, 1)),
        "ConvLSTM3D" => new(Json.ConvLSTM3D, new ConvLSTM3D(1, 1)),
        "GRU" => new(Json.GRU, new GRU(1)),
        "LSTM" => new(Json.LSTM, new LSTM(1)),
        "RNN" => new(Json.RNN, new RNN(new SimpleRNNCell(1))),
        "SimpleRNN" => new(Json.SimpleRNN, new SimpleRNN(1)),
        "StackedRNNCells" => new(Json.StackedRNNCells, new StackedRNNCells(new SimpleRNNCell(1))),
        "TimeDistributed" => new(Json.TimeDistributed, new TimeDistributed(new IdentityLayer())),
        "Dropout" => new(Json.Dropout, new Dropout(0)),
        "GaussianNoise" => new(Json.GaussianNoise, new GaussianNoise(0)),
        "GaussianDropout" => new(Json.GaussianDropout, new GaussianDropout(0)),
        "AlphaDropout" => new(Json.AlphaDropout, new AlphaDropout(0)),
        "ActivityRegularization" => new(Json.ActivityRegularization, new ActivityRegularization()),
        "SpatialDropout1D" => new(Json.SpatialDropout1D, new SpatialDropout1D(0)),
        "SpatialDropout2D" => new(Json.SpatialDropout2D, new SpatialDropout2D(0)),
        "SpatialDropout3D" => new(Json.SpatialDropout3D, new SpatialDropout3D(0)),
        "StochasticDepth" => new(Json.StochasticDepth, new StochasticDepth(0)),
        "Cropping1D" => new(Json.Cropping1D, new Cropping1D()),
        "Cropping2D" => new(Json.Cropping2D, new Cropping2D()),
        "Cropping3D" => new(Json.Cropping3D, new Cropping3D()),
        "Flatten" => new(Json.Flatten, new Flatten()),
        "Permute" => new(Json.Permute, new Permute(1)),
        "RepeatVector" => new(Json.RepeatVector, new RepeatVector(1)),
        "Reshape" => new(Json.Reshape, new Reshape(1)),
        "UpSampling1D" => new(Json.UpSampling1D, new UpSampling1D()),
        "UpSampling2D" => new(Json.UpSampling2D, new UpSampling2D()),
        "UpSampling3D" => new(Json.UpSampling3D, new UpSampling3D()),
        "ZeroPadding1D" => new(Json.ZeroPadding1D, new ZeroPadding1D()),
        "ZeroPadding2D" => new(Json.ZeroPadding2D, new ZeroPadding2D()),
        "ZeroPadding3D" => new(Json.ZeroPadding3D, new ZeroPadding3D()),
        _ => null,
    };
}
