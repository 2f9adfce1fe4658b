// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <content>Preprocessing.</content>
public static partial class FluentLayers
{
    /// <summary>While training, mixes each image with the outcomes of several chains of operations chosen at random. Hendrycks et al.,
    /// 2019, https://arxiv.org/abs/1912.02781. Adds the layer <see cref="Models.AugMix"/>.</summary>
    /// <remarks>m x + (1 - m) sum of w[i] chain[i](x), kept in the range of values; m is Beta distributed, w Dirichlet distributed. As in
    /// Keras, all images of a batch take the same chains and shares, each with strengths of its own; the training's seed decides. The
    /// choice is read from the device once a batch. Acts only while training. Keras 3 writes num_chains and chain_depth of its own layer
    /// the wrong way round into configs; they are read as they are written. Input = output (batch, height, width, channels), with 1 or 3
    /// channels if <see cref="Models.AugMix.AllOps" />. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/aug_mix/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numChains">How many chains are mixed. Default 3.</param>
    /// <param name="chainDepth">How many operations a chain has at most: each may also be none. Default 3.</param>
    /// <param name="factor">The strength, from 0 to 1: every operation's factor; 8 times the upper bound is the bits that
    /// <see cref="Models.RandomPosterization" /> stays below. Default (0, 0.3); a single number f stands for (0, f).</param>
    /// <param name="alpha">The parameter of the Beta and Dirichlet distributions: the larger, the more even the shares. Default 1.</param>
    /// <param name="allOps">Whether the operations are the eleven of <see cref="Models.RandAugment" />, or those without brightness,
    /// colour degeneration, contrast and sharpness. Default true.</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AugMix(
        this SymbolicTensor input,
        int numChains = 3,
        int chainDepth = 3,
        FactorRange? factor = null,
        double alpha = 1,
        bool allOps = true,
        Interpolation interpolation = Interpolation.Bilinear,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new AugMix();
        var made = defaults with
        {
            NumChains = numChains,
            ChainDepth = chainDepth,
            Factor = factor ?? defaults.Factor,
            Alpha = alpha,
            AllOps = allOps,
            Interpolation = interpolation,
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Stretches the values of each channel of each image over the whole range of values. Adds the layer
    /// <see cref="Models.AutoContrast"/>.</summary>
    /// <remarks>Acts while training and predicting. A channel whose values are all the same stays as it is. Input = output (batch, height,
    /// width, channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/auto_contrast/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor AutoContrast(
        this SymbolicTensor input,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new AutoContrast();
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Writes numbers of categories as rows. Adds the layer <see cref="Models.CategoryEncoding"/>.</summary>
    /// <remarks>Input (batch, length) of whole numbers below the number of categories, output (batch, categories); see
    /// <see cref="Models.OutputMode" />. Keras: https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numTokens">The number of categories, at least 1.</param>
    /// <param name="outputMode">How they are written: one-hot, multi-hot (the default) or counted.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor CategoryEncoding(
        this SymbolicTensor input,
        int numTokens,
        OutputMode outputMode = OutputMode.MultiHot,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new CategoryEncoding(numTokens)
        {
            OutputMode = outputMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Cuts the middle out of images; smaller images are resized from the largest centred window of the output's aspect ratio.
    /// Adds the layer <see cref="Models.CenterCrop"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor CenterCrop(
        this SymbolicTensor input,
        int height,
        int width,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new CenterCrop(height, width)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Numbers as the ranges they lie in: below the first boundary is 0, from it on 1, and so on. Adds the layer
    /// <see cref="Models.Discretization"/>.</summary>
    /// <remarks>Input (batch, ...), output of the same shape, or rows; see <see cref="Models.OutputMode" />. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/numerical/discretization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="binBoundaries">The boundaries in rising order; null until <see cref="Models.Discretization.Adapt" /> finds
    /// them.</param>
    /// <param name="numBins">How many ranges <see cref="Models.Discretization.Adapt" /> makes, at least 1; null where the boundaries are
    /// given.</param>
    /// <param name="epsilon">How exact quantiles are found, above 0 and below 1. Default 0.01.</param>
    /// <param name="outputMode">How ranges are written. Default as their numbers.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Discretization(
        this SymbolicTensor input,
        ImmutableArray<double>? binBoundaries = null,
        int? numBins = null,
        double epsilon = 0.01,
        OutputMode outputMode = OutputMode.Int,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Discretization()
        {
            BinBoundaries = binBoundaries,
            NumBins = numBins,
            Epsilon = epsilon,
            OutputMode = outputMode,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, spreads the values of each channel so that each part of the range is used as often (histogram
    /// equalization). Adds the layer <see cref="Models.Equalization"/>.</summary>
    /// <remarks>Acts only while training. As in Keras, the values of all images of a batch are counted together; a channel whose values
    /// fall into one bin stays as it is. No gradient passes. Input = output (batch, height, width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/equalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="bins">The parts of the range that values are counted in. Default 256, one for each value of 8 bits.</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Equalization(
        this SymbolicTensor input,
        int bins = 256,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Equalization();
        var made = defaults with
        {
            Bins = bins,
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Several categories of a sample as one bin of their hash: "red and large" is a category of its own. Adds the layer
    /// <see cref="Models.HashedCrossing"/>.</summary>
    /// <remarks>In a model: two inputs or more, each (batch) or (batch, 1) of whole numbers, output of the same shape or (batch, bins); it
    /// runs on the processor. Texts are crossed outside models by <see cref="Models.HashedCrossing.Apply" />. The hash is TensorFlow's:
    /// texts count by their FarmHash64 fingerprint, whole numbers as they are. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/categorical/hashed_crossing/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="numBins">The number of bins, at least 1.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor HashedCrossing(
        this SymbolicTensor input,
        int numBins,
        params IEnumerable<SymbolicTensor> others)
        => Apply(input, new HashedCrossing(numBins), others);

    /// <summary>Several categories of a sample as one bin of their hash: "red and large" is a category of its own. Adds the layer
    /// <see cref="Models.HashedCrossing"/>.</summary>
    /// <remarks>In a model: two inputs or more, each (batch) or (batch, 1) of whole numbers, output of the same shape or (batch, bins); it
    /// runs on the processor. Texts are crossed outside models by <see cref="Models.HashedCrossing.Apply" />. The hash is TensorFlow's:
    /// texts count by their FarmHash64 fingerprint, whole numbers as they are. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/categorical/hashed_crossing/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="others">The other inputs.</param>
    /// <param name="numBins">The number of bins, at least 1.</param>
    /// <param name="outputMode">How bins are written: as numbers (the default) or one-hot.</param>
    /// <param name="integerType">The type of bins written as numbers: Int64 (the default) or Int32. Keras's <c>dtype</c>.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor HashedCrossing(
        this SymbolicTensor input,
        IEnumerable<SymbolicTensor> others,
        int numBins,
        OutputMode outputMode = OutputMode.Int,
        DataType integerType = DataType.Int64,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new HashedCrossing(numBins)
        {
            OutputMode = outputMode,
            IntegerType = integerType,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made, others);
    }

    /// <summary>Categories as bins of their hash: no vocabulary to learn, but several may share a bin. Adds the layer
    /// <see cref="Models.Hashing"/>.</summary>
    /// <remarks>In a model: input (batch, ...) of whole numbers, hashed as their decimal text (fractions are cut off first), output of the
    /// same shape, or rows; see <see cref="Models.OutputMode" />. It runs on the processor, whatever the model's device. Texts are hashed
    /// outside models by <see cref="Models.Hashing.Apply" /> and <see cref="Models.Hashing.ApplyToDocuments" />. The hash is FarmHash64,
    /// with a salt SipHash64, in TensorFlow's form. Keras: https://keras.io/api/layers/preprocessing_layers/categorical/hashing/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numBins">The number of bins, that of <see cref="Models.Hashing.MaskValue" /> included, at least 1.</param>
    /// <param name="maskValue">The category that means "nothing here": bin 0, which no other has then; null (the default) for none. With
    /// one bin it is not looked for.</param>
    /// <param name="salt">The key of SipHash64; null (the default) for FarmHash64.</param>
    /// <param name="outputMode">How bins are written. Default as numbers.</param>
    /// <param name="integerType">The type of bins written as numbers: Int64 (the default) or Int32. Keras's <c>dtype</c>.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Hashing(
        this SymbolicTensor input,
        int numBins,
        CategoryValue? maskValue = null,
        HashSalt? salt = null,
        OutputMode outputMode = OutputMode.Int,
        DataType integerType = DataType.Int64,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Hashing(numBins)
        {
            MaskValue = maskValue,
            Salt = salt,
            OutputMode = outputMode,
            IntegerType = integerType,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Whole numbers as their places in a vocabulary. Adds the layer <see cref="Models.IntegerLookup"/>.</summary>
    /// <remarks>Input (batch, ...) of whole numbers, output of the same shape, or rows; see <see cref="Models.OutputMode" />. Place 0 is
    /// the mask token's, if there is one and places are written as numbers; then come the unknown ones, then the vocabulary. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="vocabulary">The known numbers in the order of their places; null until <see cref="Models.IntegerLookup.Adapt" />
    /// learns them.</param>
    /// <param name="maxTokens">The most places, those for masked and unknown numbers included, at least 2; null (the default) for any
    /// number.</param>
    /// <param name="numOovIndices">How many places unknown numbers share, at least 1 here: see
    /// <see cref="Models.IntegerLookup.OovMethod" />. Default 1.</param>
    /// <param name="oovMethod">Which of their places an unknown number takes. Default <see cref="Models.OovMethod.Floormod" />.</param>
    /// <param name="salt">The key of SipHash64, for <see cref="Models.OovMethod.Farmhash" /> only; null (the default) for
    /// FarmHash64.</param>
    /// <param name="maskToken">The number that means "nothing here": place 0, or left out of rows; null (the default) for none.</param>
    /// <param name="outputMode">How places are written. Default as numbers.</param>
    /// <param name="padToMaxTokens">Whether rows have <see cref="Models.IntegerLookup.MaxTokens" /> places even if the vocabulary is
    /// smaller. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor IntegerLookup(
        this SymbolicTensor input,
        ImmutableArray<long>? vocabulary = null,
        int? maxTokens = null,
        int numOovIndices = 1,
        OovMethod oovMethod = OovMethod.Floormod,
        HashSalt? salt = null,
        long? maskToken = null,
        OutputMode outputMode = OutputMode.Int,
        bool padToMaxTokens = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new IntegerLookup()
        {
            Vocabulary = vocabulary,
            MaxTokens = maxTokens,
            NumOovIndices = numOovIndices,
            OovMethod = oovMethod,
            Salt = salt,
            MaskToken = maskToken,
            OutputMode = outputMode,
            PadToMaxTokens = padToMaxTokens,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Spectra of the frames of a signal on the mel scale, whose steps sound alike, in decibels. Adds the layer
    /// <see cref="Models.MelSpectrogram"/>.</summary>
    /// <remarks>Input (batch, samples), output (batch, mel bins, frames): a frame every
    /// <see cref="Models.MelSpectrogram.SequenceStride" /> samples, centred, the signal mirrored at its ends.
    /// |spectrum|^<see cref="Models.MelSpectrogram.MagExp" /> is weighed by triangles of height 1 on mel(f) = 1127 log(1 + f / 700), the
    /// first frequency left out, as HTK does. Decibels are cut off <see cref="Models.MelSpectrogram.TopDb" /> below the loudest value of
    /// the whole batch, as in Keras: where that matters, predict sample by sample. It computes in single precision or better. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/mel_spectrogram/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="fftLength">The samples of the transform, at least 2. Default 2048.</param>
    /// <param name="sequenceStride">The samples from frame to frame, at least 1. Default 512.</param>
    /// <param name="sequenceLength">The samples of a frame that the window covers, at most <see cref="Models.MelSpectrogram.FftLength" />;
    /// null (the default) for all.</param>
    /// <param name="window">What the samples of a frame are multiplied by: Hann (the default), Hamming, or values; null for nothing. Here
    /// null stands for the default, and <see cref="Models.SpectrumWindow.None"/> for none.</param>
    /// <param name="samplingRate">Samples of a second, at least 1. Default 16000.</param>
    /// <param name="numMelBins">The number of mel bins, at least 1. Default 128.</param>
    /// <param name="minFreq">Where the lowest triangle begins, in hertz, at least 0. Default 20.</param>
    /// <param name="maxFreq">Where the highest triangle ends, in hertz, above 0; null (the default) for half the sampling rate.</param>
    /// <param name="powerToDb">Whether powers become decibels, 10 log10(power / <see cref="Models.MelSpectrogram.RefPower" />). Default
    /// true.</param>
    /// <param name="topDb">How many decibels below the loudest value are kept, at least 0. Default 80.</param>
    /// <param name="magExp">The exponent of the magnitude: 1 for magnitudes, 2 (the default) for powers. Above 0.</param>
    /// <param name="minPower">The least power, and the least reference, above 0. Default 1e-10.</param>
    /// <param name="refPower">The power of 0 decibels; its sign does not count. Default 1.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor MelSpectrogram(
        this SymbolicTensor input,
        int fftLength = 2048,
        int sequenceStride = 512,
        int? sequenceLength = null,
        SpectrumWindow? window = null,
        int samplingRate = 16000,
        int numMelBins = 128,
        double minFreq = 20,
        double? maxFreq = null,
        bool powerToDb = true,
        double topDb = 80,
        double magExp = 2,
        double minPower = 1e-10,
        double refPower = 1,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new MelSpectrogram();
        var made = defaults with
        {
            FftLength = fftLength,
            SequenceStride = sequenceStride,
            SequenceLength = sequenceLength,
            Window = window ?? defaults.Window,
            SamplingRate = samplingRate,
            NumMelBins = numMelBins,
            MinFreq = minFreq,
            MaxFreq = maxFreq,
            PowerToDb = powerToDb,
            TopDb = topDb,
            MagExp = magExp,
            MinPower = minPower,
            RefPower = refPower,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>(x - mean) / sqrt(variance), both learned from data beforehand or given. Adds the layer
    /// <see cref="Models.Normalization"/>.</summary>
    /// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/preprocessing_layers/numerical/normalization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="axis">The axis that keeps a mean and variance for each position; null for one of all. Default the last.</param>
    /// <param name="mean">The mean, one number or one a position; null where it is learned from data, and then a weight.</param>
    /// <param name="variance">The variance, one number or one a position; null where it is learned from data, and then a weight.</param>
    /// <param name="invert">Whether the layer undoes the normalisation instead. Default false.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Normalization(
        this SymbolicTensor input,
        int? axis = -1,
        ImmutableArray<double>? mean = null,
        ImmutableArray<double>? variance = null,
        bool invert = false,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Normalization()
        {
            Axis = axis,
            Mean = mean,
            Variance = variance,
            Invert = invert,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, applies operations chosen at random, one after the other. Cubuk et al., 2019,
    /// https://arxiv.org/abs/1909.13719. Adds the layer <see cref="Models.RandAugment"/>.</summary>
    /// <remarks>One of eleven each time: <see cref="Models.RandomShear" />, <see cref="Models.RandomTranslation" />,
    /// <see cref="Models.RandomRotation" />, <see cref="Models.RandomBrightness" />, <see cref="Models.RandomColorDegeneration" />,
    /// <see cref="Models.RandomContrast" />, <see cref="Models.RandomSharpness" />, <see cref="Models.RandomPosterization" />,
    /// <see cref="Models.Solarization" />, <see cref="Models.AutoContrast" />, <see cref="Models.Equalization" />. As in Keras, all images
    /// of a batch take the same operations, each with a strength of its own; the training's seed decides. The choice is read from the
    /// device once a batch. Acts only while training. Input = output (batch, height, width, channels), with 1 or 3 channels. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/rand_augment/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="numOps">How many operations are applied. Default 2.</param>
    /// <param name="factor">The strength, from 0 to 1: every operation's factor; 8 times the upper bound is the bits that
    /// <see cref="Models.RandomPosterization" /> stays below. Default (0, 0.5); a single number f stands for (0, f).</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandAugment(
        this SymbolicTensor input,
        int numOps = 2,
        FactorRange? factor = null,
        Interpolation interpolation = Interpolation.Bilinear,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandAugment();
        var made = defaults with
        {
            NumOps = numOps,
            Factor = factor ?? defaults.Factor,
            Interpolation = interpolation,
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, adds a random share of the range of values to each image, kept in that range. Adds the layer
    /// <see cref="Models.RandomBrightness"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The share, from -1 (black) to 1 (white).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomBrightness(
        this SymbolicTensor input,
        FactorRange factor,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomBrightness(factor);
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, mixes each image with its grey form: x + factor * (grey - x), kept in the range of values. Adds the layer
    /// <see cref="Models.RandomColorDegeneration"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Grey is 0.2989 red + 0.587 green + 0.114
    /// blue; an image of one channel stays as it is. Input = output (batch, height, width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_color_degeneration/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The share of grey: 0 for the image itself, 1 for its grey form, below 0 for stronger colours; from -1 to 1. As
    /// in Keras, a single number f stands for (-f, f).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomColorDegeneration(
        this SymbolicTensor input,
        FactorRange factor,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomColorDegeneration(factor);
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, scales the distance of each pixel from its channel's mean: (x - mean) * factor + mean, kept in the range
    /// of values. Adds the layer <see cref="Models.RandomContrast"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">How much the factor may be below and above 1: it is drawn from 1 - lower to 1 + upper; each from 0 to 1. As in
    /// Keras 3, a single number f stands for (0, f).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomContrast(
        this SymbolicTensor input,
        FactorRange factor,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomContrast(factor);
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, cuts a window at a random place out of all images of a batch. Adds the layer
    /// <see cref="Models.RandomCrop"/>.</summary>
    /// <remarks>Elsewhere, and where the image is not larger, the largest centred window of the output's aspect ratio is resized. Input
    /// (batch, height, width, channels), output (batch, new height, new width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomCrop(
        this SymbolicTensor input,
        int height,
        int width,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomCrop(height, width)
        {
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, replaces a random rectangle of each image by one value or noise. Zhong et al., 2017,
    /// https://arxiv.org/abs/1708.04896. Adds the layer <see cref="Models.RandomErasing"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_erasing/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The bounds from which an image's probability of being changed is drawn, each from 0 to 1. Default (0, 1); a
    /// single number f stands for (0, f).</param>
    /// <param name="scale">The bounds of the squares of the rectangle's height and width as shares of the image's, each from 0 to 1.
    /// Default (0.02, 0.33).</param>
    /// <param name="fillValue">What the rectangle is filled with; null (the default) for normally distributed noise of the largest value's
    /// deviation. Kept in the range of values.</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomErasing(
        this SymbolicTensor input,
        FactorRange? factor = null,
        FactorRange? scale = null,
        double? fillValue = null,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomErasing();
        var made = defaults with
        {
            Factor = factor ?? defaults.Factor,
            Scale = scale ?? defaults.Scale,
            FillValue = fillValue,
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, mirrors half of the images along each axis. Adds the layer <see cref="Models.RandomFlip"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="mode">The axes. Default both.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomFlip(
        this SymbolicTensor input,
        FlipMode mode = FlipMode.HorizontalAndVertical,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomFlip()
        {
            Mode = mode,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, keeps the highest bits of each value, the range of values being that of 8 bits. Adds the layer
    /// <see cref="Models.RandomPosterization"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Values outside the range count as its
    /// ends. No gradient passes. Input = output (batch, height, width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_posterization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The bits that are kept, whole numbers from 1 to 8: the least and one more than the most, or one number
    /// twice.</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomPosterization(
        this SymbolicTensor input,
        FactorRange factor,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomPosterization(factor);
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, turns each image by a random angle. Adds the layer <see cref="Models.RandomRotation"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The angle as a share of a full turn, from -1 to 1; positive is counter-clockwise.</param>
    /// <param name="fillMode">Where values outside the image come from. Default reflect.</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="fillValue">The value outside the image for <see cref="Models.FillMode.Constant" />. Default 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomRotation(
        this SymbolicTensor input,
        FactorRange factor,
        FillMode fillMode = FillMode.Reflect,
        Interpolation interpolation = Interpolation.Bilinear,
        double fillValue = 0,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomRotation(factor)
        {
            FillMode = fillMode,
            Interpolation = interpolation,
            FillValue = fillValue,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, blurs or sharpens each image: x + (1 - 2 factor) * (blurred - x), kept in the range of values. Adds the
    /// layer <see cref="Models.RandomSharpness"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Blurred is a pixel's mean with its eight
    /// neighbours, itself counted five times (13 in all), zeros beyond the edges. Input = output (batch, height, width, channels). Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_sharpness/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="factor">The sharpness, from 0 (blurred) over 0.5 (the image itself) to 1 (sharpened). A single number f stands for (0,
    /// f).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomSharpness(
        this SymbolicTensor input,
        FactorRange factor,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new RandomSharpness(factor);
        var made = defaults with
        {
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, slants each image: a pixel takes the value at (x + sx y, y + sy x), counted from the top left corner. Adds
    /// the layer <see cref="Models.RandomShear"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_shear/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="xFactor">The slant along x, from -1 to 1. Half of the images take both slants with the opposite sign. Default
    /// 0.</param>
    /// <param name="yFactor">The slant along y, from -1 to 1. Half of the images take both slants with the opposite sign. Default
    /// 0.</param>
    /// <param name="fillMode">Where values outside the image come from. Default reflect.</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="fillValue">The value outside the image for <see cref="Models.FillMode.Constant" />. Default 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomShear(
        this SymbolicTensor input,
        FactorRange xFactor = default,
        FactorRange yFactor = default,
        FillMode fillMode = FillMode.Reflect,
        Interpolation interpolation = Interpolation.Bilinear,
        double fillValue = 0,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomShear(xFactor, yFactor)
        {
            FillMode = fillMode,
            Interpolation = interpolation,
            FillValue = fillValue,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, shifts each image by a random distance. Adds the layer <see cref="Models.RandomTranslation"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="heightFactor">The distance downwards as a share of the height, from -1 to 1.</param>
    /// <param name="widthFactor">The distance to the right as a share of the width, from -1 to 1.</param>
    /// <param name="fillMode">Where values outside the image come from. Default reflect.</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="fillValue">The value outside the image for <see cref="Models.FillMode.Constant" />. Default 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomTranslation(
        this SymbolicTensor input,
        FactorRange heightFactor,
        FactorRange widthFactor,
        FillMode fillMode = FillMode.Reflect,
        Interpolation interpolation = Interpolation.Bilinear,
        double fillValue = 0,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomTranslation(heightFactor, widthFactor)
        {
            FillMode = fillMode,
            Interpolation = interpolation,
            FillValue = fillValue,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, shrinks or enlarges each image by a random factor. Adds the layer
    /// <see cref="Models.RandomZoom"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="heightFactor">By how much the height shows more (positive: zooming out) or less (negative), from -1 to 1.</param>
    /// <param name="widthFactor">The same for the width; null (the default) for the height's draw, which keeps the aspect ratio.</param>
    /// <param name="fillMode">Where values outside the image come from. Default reflect.</param>
    /// <param name="interpolation">How values between pixels are found: nearest or bilinear (the default).</param>
    /// <param name="fillValue">The value outside the image for <see cref="Models.FillMode.Constant" />. Default 0.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor RandomZoom(
        this SymbolicTensor input,
        FactorRange heightFactor,
        FactorRange? widthFactor = null,
        FillMode fillMode = FillMode.Reflect,
        Interpolation interpolation = Interpolation.Bilinear,
        double fillValue = 0,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new RandomZoom(heightFactor, widthFactor)
        {
            FillMode = fillMode,
            Interpolation = interpolation,
            FillValue = fillValue,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>x * scale + offset. Adds the layer <see cref="Models.Rescaling"/>.</summary>
    /// <remarks>Output shape = input shape. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="scale">The factor: one number, or one a channel.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Rescaling(this SymbolicTensor input, params ImmutableArray<double> scale)
        => Apply(input, new Rescaling(scale));

    /// <summary>x * scale + offset. Adds the layer <see cref="Models.Rescaling"/>.</summary>
    /// <remarks>Output shape = input shape. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="scale">The factor: one number, or one a channel.</param>
    /// <param name="offset">Added after the factor: one number, or one a channel. Default 0.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Rescaling(
        this SymbolicTensor input,
        ImmutableArray<double> scale,
        ImmutableArray<double>? offset = null,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Rescaling(scale);
        var made = defaults with
        {
            Offset = offset ?? defaults.Offset,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Resizes images, while training and otherwise. Adds the layer <see cref="Models.Resizing"/>.</summary>
    /// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels), in the format the layer computes
    /// in. Keras: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="height">Height of the output in pixels, at least 1.</param>
    /// <param name="width">Width of the output in pixels, at least 1.</param>
    /// <param name="interpolation">How values between pixels are found. Default bilinear.</param>
    /// <param name="cropToAspectRatio">Whether the largest centred window of the output's aspect ratio is resized. Default false:
    /// stretched.</param>
    /// <param name="padToAspectRatio">Whether the image is first laid on a canvas of the output's aspect ratio. Default false. Not
    /// together with <see cref="Models.Resizing.CropToAspectRatio" />.</param>
    /// <param name="fillValue">The value of that canvas. Default 0.</param>
    /// <param name="antialias">Whether each output pixel covers as many input pixels as the image shrinks by. Default false.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Resizing(
        this SymbolicTensor input,
        int height,
        int width,
        Interpolation interpolation = Interpolation.Bilinear,
        bool cropToAspectRatio = false,
        bool padToAspectRatio = false,
        double fillValue = 0,
        bool antialias = false,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var made = new Resizing(height, width)
        {
            Interpolation = interpolation,
            CropToAspectRatio = cropToAspectRatio,
            PadToAspectRatio = padToAspectRatio,
            FillValue = fillValue,
            Antialias = antialias,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>Spectra of the frames of a signal, by convolutions whose kernels are trained like any other unless the layer is frozen.
    /// Adds the layer <see cref="Models.STFTSpectrogram"/>.</summary>
    /// <remarks>Input (batch, time, channels), each channel by itself. Output (batch, frames, channels * frequencies), channel after
    /// channel, or (batch, frames, frequencies, channels) with <see cref="Models.STFTSpectrogram.ExpandDims" />; channels first: (batch,
    /// channels * frequencies, frames) or (batch, channels, frames, frequencies). There are fft length / 2 + 1 frequencies, in mode
    /// <see cref="Models.SpectrogramMode.Stft" /> twice that. Frames are not centred. Keras:
    /// https://keras.io/api/layers/preprocessing_layers/audio_preprocessing/stft_spectrogram/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="mode">What is yielded. Default the logarithm of the magnitude.</param>
    /// <param name="frameLength">The samples of a frame, at least 2. Default 256.</param>
    /// <param name="frameStep">The samples from frame to frame, at least 1 and at most <see cref="Models.STFTSpectrogram.FrameLength" />;
    /// null (the default) for half a frame.</param>
    /// <param name="fftLength">The samples of the transform, at least <see cref="Models.STFTSpectrogram.FrameLength" />: frames are filled
    /// up with zeros; null (the default) for the next power of 2.</param>
    /// <param name="window">What the samples of a frame are multiplied by; null for nothing, which is not scaled either. Default Hann.
    /// Here null stands for the default, and <see cref="Models.SpectrumWindow.None"/> for none.</param>
    /// <param name="periodic">Whether the window's value after its last equals the first; else the last does. Default false.</param>
    /// <param name="scaling">What the window is divided by; null for nothing. Default
    /// <see cref="Models.SpectrogramScaling.Density" />.</param>
    /// <param name="padding">What happens at the ends: valid (the default), or same, which fills up with zeros.</param>
    /// <param name="expandDims">Whether channels have an axis of their own, as images have. Default false.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor STFTSpectrogram(
        this SymbolicTensor input,
        SpectrogramMode mode = SpectrogramMode.Log,
        int frameLength = 256,
        int? frameStep = null,
        int? fftLength = null,
        SpectrumWindow? window = null,
        bool periodic = false,
        SpectrogramScaling? scaling = SpectrogramScaling.Density,
        Padding padding = Padding.Valid,
        bool expandDims = false,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new STFTSpectrogram();
        var made = defaults with
        {
            Mode = mode,
            FrameLength = frameLength,
            FrameStep = frameStep,
            FftLength = fftLength,
            Window = window ?? defaults.Window,
            Periodic = periodic,
            Scaling = scaling,
            Padding = padding,
            ExpandDims = expandDims,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }

    /// <summary>While training, adds to the values and turns over those that reach a threshold: least + largest - x. Adds the layer
    /// <see cref="Models.Solarization"/>.</summary>
    /// <remarks>Acts only while training, on each image by itself; the training's seed decides. Both bounds of a factor are shares of the
    /// range, as Keras documents them; its code takes the lower one for a value of 0 to 255. Input = output (batch, height, width,
    /// channels). Keras: https://keras.io/api/layers/preprocessing_layers/image_augmentation/solarization/</remarks>
    /// <param name="input">The input.</param>
    /// <param name="additionFactor">What is added as a share of the range of values, from 0 to 1; sums beyond the range count as its
    /// largest value. Default 0; a single number f stands for (0, f).</param>
    /// <param name="thresholdFactor">Where the values begin that are turned over, as a share of the range of values, from 0 to 1. Default
    /// 0, which turns over all; a single number f stands for (0, f).</param>
    /// <param name="valueRange">The least and largest value a pixel may have, [least, largest]. Default [0, 255]: set [0, 1] after a
    /// Rescaling to that.</param>
    /// <param name="dataFormat">Where the channels are. Default last.</param>
    /// <param name="name">The name in summaries, errors and files; null lets the model choose ("conv2d", "conv2d_1", ...).</param>
    /// <param name="trainable">Whether training changes the weights. Default true.</param>
    /// <param name="policy">The number formats it computes in and keeps its weights in; null for the model's.</param>
    /// <param name="activityRegularizer">Adds a penalty on the outputs to the loss while training; null for none.</param>
    /// <exception cref="DeepGpuArgumentException">An option has a value that it may not have.</exception>
    public static SymbolicTensor Solarization(
        this SymbolicTensor input,
        FactorRange? additionFactor = null,
        FactorRange? thresholdFactor = null,
        ImmutableArray<double>? valueRange = null,
        DataFormat dataFormat = DataFormat.ChannelsLast,
        string? name = null,
        bool trainable = true,
        PrecisionPolicy? policy = null,
        Regularizer? activityRegularizer = null)
    {
        var defaults = new Solarization();
        var made = defaults with
        {
            AdditionFactor = additionFactor ?? defaults.AdditionFactor,
            ThresholdFactor = thresholdFactor ?? defaults.ThresholdFactor,
            ValueRange = valueRange ?? defaults.ValueRange,
            DataFormat = dataFormat,
            Name = name,
            Trainable = trainable,
            Policy = policy,
            ActivityRegularizer = activityRegularizer,
        };
        return Apply(input, made);
    }
}
