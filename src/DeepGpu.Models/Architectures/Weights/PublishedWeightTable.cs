using System.Collections.Immutable;

namespace DeepGpu.Models.Architectures;

/// <summary>The published weights of the applications. Networks whose publisher states no hash are left out:
/// MobileNet and MobileNetV2 of Keras.</summary>
/// <remarks>Accuracies: https://keras.io/api/applications/ and https://docs.pytorch.org/vision/stable/models.html;
/// null where the number was not confirmed from a text.</remarks>
internal static partial class PublishedWeightTable
{
    private static readonly Uri KerasCode = new("https://github.com/keras-team/keras/tree/master/keras/src/applications");
    private static readonly Uri TorchCode = new("https://github.com/pytorch/vision/tree/main/torchvision/models");

    private static readonly Lazy<ImmutableDictionary<(ApplicationSource Source, string Network), ImmutableArray<PublishedWeights>>> Table =
        new(() => Keras().Concat(Torch()).ToImmutableDictionary(row => row.Key, row => row.Files));

    /// <summary>Every network's files: with classifier, without.</summary>
    public static ImmutableDictionary<(ApplicationSource Source, string Network), ImmutableArray<PublishedWeights>> All => Table.Value;

    /// <summary>The file of a network with or without classifier; a file with one serves both.</summary>
    public static PublishedWeights? Find(ApplicationSource source, string network, bool includeTop)
        => All.GetValueOrDefault((source, network), []) is { IsEmpty: false } files
            ? files.FirstOrDefault(file => file.HasTop == includeTop) ?? files.FirstOrDefault(file => file.HasTop)
            : null;

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) KerasRow(string network, string path,
        (string With, string Without) md5, ImagePreprocessing preprocessing, double? top1 = null, double? megabytes = null)
        => KerasFiles(network, $"tensorflow/keras-applications/{path}_weights_tf_dim_ordering_tf_kernels", (".h5", "_notop.h5"), md5,
            preprocessing, top1, megabytes);

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) KerasFiles(string network, string path,
        (string With, string Without) endings, (string With, string Without) hashes, ImagePreprocessing preprocessing,
        double? top1 = null, double? megabytes = null)
    {
        PublishedWeights File(string ending, string hash, bool hasTop)
            => new(new($"https://storage.googleapis.com/{path}{ending}"), hash,
                hash.Length == 32 ? PublishedHashKind.Md5 : PublishedHashKind.Sha256, KerasCode, "Apache-2.0", preprocessing)
            {
                HasTop = hasTop,
                Top1 = hasTop ? top1 : null,
                Megabytes = hasTop ? megabytes : null,
            };
        return ((ApplicationSource.Keras, network),
            [File(endings.With, hashes.With, hasTop: true), File(endings.Without, hashes.Without, hasTop: false)]);
    }

    private static ((ApplicationSource, string) Key, ImmutableArray<PublishedWeights> Files) TorchRow(string network, string file,
        double? top1 = null, double? megabytes = null, int shortSide = 256, ImagePreprocessing? pixels = null)
        => ((ApplicationSource.TorchVision, network),
        [
            new(new($"https://download.pytorch.org/models/{file}.pth"), file[(file.LastIndexOf('-') + 1)..], PublishedHashKind.Sha256Prefix,
                TorchCode, "BSD-3-Clause", (pixels ?? ImagePreprocessing.Torch) with { ShortSide = shortSide })
            {
                Top1 = top1,
                Megabytes = megabytes,
            },
        ]);
}
