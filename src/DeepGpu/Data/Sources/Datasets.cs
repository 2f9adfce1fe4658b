using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>Built-in datasets. A file is taken from DEEPGPU_DATA/data, else from the cache, else downloaded and checked against its published hash.</summary>
public static class Datasets
{
    /// <summary>MNIST: 60,000 + 10,000 handwritten digits, (samples, 28, 28, 1) in 0..1, targets 0 to 9. LeCun, Cortes, Burges.</summary>
    /// <remarks>MD5 hashes as published in torchvision's datasets/mnist.py.</remarks>
    public static (Dataset Train, Dataset Test) Mnist() => Load("mnist", new("https://ossci-datasets.s3.amazonaws.com/mnist/"), [
        ("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        ("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
        ("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
        ("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
    ]);

    /// <summary>Fashion-MNIST: 60,000 + 10,000 pieces of clothing, (samples, 28, 28, 1) in 0..1, targets 0 to 9. Xiao et al., 2017, MIT.</summary>
    /// <remarks>MD5 hashes as published in the dataset's README, https://github.com/zalandoresearch/fashion-mnist.</remarks>
    public static (Dataset Train, Dataset Test) FashionMnist() => Load("fashion-mnist", new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"), [
        ("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        ("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        ("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
        ("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
    ]);

    /// <summary>Digits drawn by code (strokes, rotation, noise), (samples, 28, 28, 1) in 0..1, targets 0 to 9. Needs no file and no network.</summary>
    /// <param name="trainCount">Training samples. Default 10,000.</param>
    /// <param name="testCount">Test samples, drawn apart. Default 2,000.</param>
    /// <param name="seed">The same seed draws the same digits on every platform. Default 0.</param>
    public static (Dataset Train, Dataset Test) GeneratedDigits(int trainCount = 10_000, int testCount = 2_000, int seed = 0)
        => (DigitDrawing.Draw(trainCount, seed, stream: 0), DigitDrawing.Draw(testCount, seed, stream: 1));

    private static (Dataset Train, Dataset Test) Load(string name, Uri source, (string File, string Md5)[] files)
    {
        var paths = files.Select(f => Local(name, f.File) ?? Download.Fetch(new Uri(source, f.File), Path.Combine(CacheFolder.Root, "datasets", name, f.File), PublishedHash.Md5(f.Md5))).ToArray();
        return (Images(paths[0], paths[1]), Images(paths[2], paths[3]));
    }

    private static string? Local(string name, string file)
        => Environment.GetEnvironmentVariable("DEEPGPU_DATA") is { Length: > 0 } root && Path.Combine(root, "data", name, file) is var path && File.Exists(path) ? path : null;

    private static Dataset Images(string images, string labels)
    {
        var pixels = IdxFile.Read(images);
        var values = new float[pixels.ElementCount];
        var bytes = pixels.AsSpan<byte>();
        for (var i = 0; i < values.Length; i++) values[i] = bytes[i] / 255f;
        return Dataset.FromArrays(NDArray.From<float>(values, [.. pixels.Shape, 1]), IdxFile.Read(labels));
    }
}
