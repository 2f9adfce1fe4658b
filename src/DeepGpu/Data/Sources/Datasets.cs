using DeepGpu.Data;

namespace DeepGpu;

/// <summary>Built-in datasets. A file is taken from DEEPGPU_DATA/data, else from the cache,
/// else downloaded and checked against its published hash.</summary>
public static class Datasets
{
    /// <summary>MNIST: 60,000 + 10,000 handwritten digits, (samples, 28, 28, 1) in 0..1, targets 0 to 9. LeCun, Cortes, Burges.</summary>
    /// <remarks>MD5 hashes as published in torchvision's datasets/mnist.py.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">A file is not there and cannot be fetched.</exception>
    public static (Dataset Train, Dataset Test) Mnist(DownloadOptions? options = null, CancellationToken cancellationToken = default)
        => new DatasetDownloads("mnist", "https://ossci-datasets.s3.amazonaws.com/mnist/", options, cancellationToken).Images([
            ("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            ("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
            ("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
            ("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
        ]);

    /// <summary>Fashion-MNIST: 60,000 + 10,000 pieces of clothing, (samples, 28, 28, 1) in 0..1, targets 0 to 9.
    /// Xiao et al., 2017, MIT.</summary>
    /// <remarks>MD5 hashes as published in the dataset's README, https://github.com/zalandoresearch/fashion-mnist.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">A file is not there and cannot be fetched.</exception>
    public static (Dataset Train, Dataset Test) FashionMnist(DownloadOptions? options = null, CancellationToken cancellationToken = default)
        => new DatasetDownloads("fashion-mnist",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/", options, cancellationToken)
            .Images([
            ("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            ("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
            ("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
            ("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
        ]);

    /// <summary>KMNIST: 60,000 + 10,000 handwritten characters of cursive Japanese, (samples, 28, 28, 1) in 0..1, targets 0 to 9.
    /// Clanuwat et al., 2018, CC BY-SA 4.0.</summary>
    /// <remarks>MD5 hashes as published in torchvision's datasets/mnist.py.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">A file is not there and cannot be fetched.</exception>
    public static (Dataset Train, Dataset Test) Kmnist(DownloadOptions? options = null, CancellationToken cancellationToken = default)
        => new DatasetDownloads("kmnist", "https://codh.rois.ac.jp/kmnist/dataset/kmnist/", options, cancellationToken).Images([
            ("train-images-idx3-ubyte.gz", "bdb82020997e1d708af4cf47b453dcf7"),
            ("train-labels-idx1-ubyte.gz", "e144d726b3acfaa3e44228e80efcd344"),
            ("t10k-images-idx3-ubyte.gz", "5c965bf0a639b31b8f53240b1b52f4d7"),
            ("t10k-labels-idx1-ubyte.gz", "7320c461ea6c1c855c0b718fb2a4b134"),
        ]);

    /// <summary>CIFAR-10: 50,000 + 10,000 photographs of 10 things, (samples, 32, 32, 3) in 0..1, targets 0 to 9.
    /// Krizhevsky, 2009.</summary>
    /// <remarks>The binary version; its MD5 hash as published at https://www.cs.toronto.edu/~kriz/cifar.html.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">The file is not there and cannot be fetched.</exception>
    public static (Dataset Train, Dataset Test) Cifar10(DownloadOptions? options = null, CancellationToken cancellationToken = default)
        => CifarArchive.Read(new DatasetDownloads("cifar-10", "https://www.cs.toronto.edu/~kriz/", options, cancellationToken)
            .Find("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"), labelBytes: 1, "data_batch_");

    /// <summary>CIFAR-100: 50,000 + 10,000 photographs of 100 things, (samples, 32, 32, 3) in 0..1, targets 0 to 99 (the fine labels).
    /// Krizhevsky, 2009.</summary>
    /// <remarks>The binary version; its MD5 hash as published at https://www.cs.toronto.edu/~kriz/cifar.html.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">The file is not there and cannot be fetched.</exception>
    public static (Dataset Train, Dataset Test) Cifar100(DownloadOptions? options = null, CancellationToken cancellationToken = default)
        => CifarArchive.Read(new DatasetDownloads("cifar-100", "https://www.cs.toronto.edu/~kriz/", options, cancellationToken)
            .Find("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"), labelBytes: 2, "train");

    /// <summary>IMDb: 25,000 + 25,000 reviews of films, classes neg (0) and pos (1), in ordinal order of their files.
    /// Maas et al., 2011.</summary>
    /// <remarks>MD5 hash as published in torchtext's datasets/imdb.py.
    /// Make arrays of the texts with <see cref="LabeledTexts.ToDataset(TextVectorization)"/>.</remarks>
    /// <param name="options">How files are fetched; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="DownloadException">The file is not there and cannot be fetched.</exception>
    public static (LabeledTexts Train, LabeledTexts Test) Imdb(DownloadOptions? options = null,
        CancellationToken cancellationToken = default)
        => ImdbArchive.Read(new DatasetDownloads("imdb", "https://ai.stanford.edu/~amaas/data/sentiment/", options, cancellationToken)
            .Find("aclImdb_v1.tar.gz", "7c2ac02c03563afcf9b574c7e56c153a"));

    /// <summary>Digits drawn by code (strokes, rotation, noise), (samples, 28, 28, 1) in 0..1, targets 0 to 9.
    /// Needs no file and no network.</summary>
    /// <param name="trainCount">Training samples. Default 10,000.</param>
    /// <param name="testCount">Test samples, drawn apart. Default 2,000.</param>
    /// <param name="seed">The same seed draws the same digits on every platform. Default 0.</param>
    public static (Dataset Train, Dataset Test) GeneratedDigits(int trainCount = 10_000, int testCount = 2_000, int seed = 0)
        => (DigitDrawing.Draw(trainCount, seed, stream: 0), DigitDrawing.Draw(testCount, seed, stream: 1));

    /// <summary>Waves with noise, (samples, time steps, features); the target, 0 to classes - 1, tells their frequency.
    /// Needs no file and no network.</summary>
    /// <param name="trainCount">Training samples. Default 4,000.</param>
    /// <param name="testCount">Test samples, made apart. Default 1,000.</param>
    /// <param name="timeSteps">Steps a sample, at least 1. Default 50.</param>
    /// <param name="features">Values a step, at least 1. Default 10.</param>
    /// <param name="classes">Different frequencies, at least 1: class c swings c + 1 times. Default 4.</param>
    /// <param name="seed">The same seed makes the same sequences. Default 0.</param>
    public static (Dataset Train, Dataset Test) GeneratedSequences(int trainCount = 4_000, int testCount = 1_000, int timeSteps = 50,
        int features = 10, int classes = 4, int seed = 0)
        => (WaveMaking.Make(trainCount, timeSteps, features, classes, seed, stream: 0),
            WaveMaking.Make(testCount, timeSteps, features, classes, seed, stream: 1));
}
