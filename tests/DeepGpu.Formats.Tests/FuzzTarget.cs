using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats.Fuzzing;

/// <summary>A reader and valid bytes to damage.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Valid">Bytes that it reads.</param>
/// <param name="Read">Reads bytes to the last tensor.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Valid, Action<byte[]> Read)
{
    /// <summary>How many tensors of one file are read.</summary>
    private const int MaxTensors = 64;

    /// <summary>Every reader. Damage inside checksummed containers is wrapped again, so that it reaches the reader
    /// behind the checksum.</summary>
    /// <param name="folder">Where files that must lie on disk are written.</param>
    public static IReadOnlyList<FuzzTarget> All(string folder) =>
    [
        new("safetensors", [Bytes(stream => SafetensorsWriter.Write(stream, Arrays, new Dictionary<string, string> { ["format"] = "pt" }))],
            bytes => ReadAll(SafetensorsFile.Open(bytes))),
        new("safetensors-index", ["""{"metadata":{"total_size":24},"weight_map":{"a":"s.safetensors","b":"s.safetensors"}}"""u8.ToArray()],
            bytes => OnDisk(folder, "m.safetensors.index.json", bytes, path => ReadAll(SafetensorsIndex.Open(path)))),
        new("pth",
            [Bytes(stream => PthWriter.Write(stream, Arrays)), Bytes(stream => PthWriter.Write(stream, Nested, _ => Arrays[0].Value))],
            bytes => ReadAll(PthFile.Open(bytes))),
        new("pickle",
            [Pickle(Bytes(stream => PthWriter.Write(stream, Arrays))),
                Pickle(Bytes(stream => PthWriter.Write(stream, Nested, _ => Arrays[0].Value)))],
            bytes => ReadAll(PthFile.Open(WithPickle(bytes)))),
        new("pth-stream", [Stream()], bytes => ReadAll(PthFile.Open(bytes))),
        new("zip", [Bytes(stream => Zip(stream, CompressionLevel.Optimal)), Bytes(stream => Zip(stream, CompressionLevel.NoCompression))],
            bytes => OnDisk(folder, "a.zip", bytes, ReadZip)),
        new("h5", H5Samples(), bytes => ReadAll(H5File.Open(bytes))),
        new("h5-legacy", [Bytes(stream => KerasLegacy.Write(stream, Legacy))], ReadLegacy),
        new("keras",
            [Bytes(stream => KerasArchive.Write(stream, """{"class_name":"Sequential","config":{"layers":[]}}""", "{}", Variables))],
            bytes => ReadAll(KerasArchive.Open(bytes).Weights)),
        new("keras-config",
            [[.. """{"module":"keras","class_name":"Sequential","config":{"name":"s","layers":["""u8,
                .. """{"class_name":"Dense","config":{"units":3,"rate":1e-3}}]}}"""u8]],
            bytes => ReadAll(KerasArchive.Open(WithConfig(bytes)).Weights)),
        new("npy", [Bytes(stream => NpyFile.Write(stream, Arrays[0].Value))], bytes => ReadAll(NpyFile.Open(bytes))),
        new("npz", [Bytes(stream => NpzFile.Write(stream, Arrays))], bytes => ReadAll(NpzFile.Open(bytes))),
        new("tfjs",
            [[.. """{"modelTopology":{},"weightsManifest":["""u8,
                .. """{"paths":["w.bin"],"weights":[{"name":"a","shape":[2,3],"dtype":"float32"}]}]}"""u8]],
            bytes => OnDisk(folder, "model.json", bytes, path => ReadAll(TfjsFile.Open(path)))),
        new("idx", [[0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], [0, 0, 13, 1, 0, 0, 0, 1, 0x3f, 0x80, 0, 0]],
            bytes => IdxFile.Read(new MemoryStream(bytes))),
        new("idx-gzip", [Gzip([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])], bytes => IdxFile.Read(new MemoryStream(bytes))),
        new("csv", ["a,b,label\r\n1.5,-2e3,cat\r\n0,4,\"dog, big\"\r\n"u8.ToArray()],
            bytes => OnDisk(folder, "a.csv", bytes, path => CsvTable.Read(path, new() { Label = "label" }))),
        new("image", Images(), bytes => ImageFile.Read(bytes)),
    ];

    private static IReadOnlyList<KeyValuePair<string, NDArray>> Arrays { get; } =
    [
        new("a", NDArray.From<float>([0, 1, 2, 3, 4, 5], 2, 3)),
        new("b.weight", NDArray.From<double>([1, 2], 2, 1)),
        new("c", NDArray.From<byte>([1, 2, 3], 3)),
        new("scalar", NDArray.From<long>([7])),
    ];

    private static CheckpointGroup Nested { get; } = new(
    [
        new("epoch", new CheckpointValue(3L)),
        new("rate", new CheckpointValue(0.1)),
        new("list", new CheckpointGroup([new("0", new CheckpointValue("text")), new("1", new CheckpointValue(null))]) { IsList = true }),
        new("state_dict", new CheckpointGroup([new("w", new CheckpointTensor(new("state_dict.w", DataType.Float32, [2, 3])))])),
    ]);

    private static IReadOnlyList<KerasVariables<NDArray>> Variables { get; } = [
        new("layers/dense", "dense", [Arrays[0].Value, Arrays[2].Value]), new("optimizer", "adam", [Arrays[3].Value])];

    private static KerasLegacyModel<NDArray> Legacy { get; } = new()
    {
        ModelConfig = "{}",
        KerasVersion = "2.14.0",
        Backend = "tensorflow",
        Layers = [new("dense", [new("dense/kernel:0", Arrays[0].Value), new("dense/bias:0", Arrays[2].Value)]), new("flatten", [])],
        OptimizerWeights = [new("adam/iteration", Arrays[3].Value)],
    };

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static void ReadAll(TensorFile opened)
    {
        using var file = opened;
        foreach (var tensor in file.Tensors.Take(MaxTensors)) file.Read(tensor);
    }

    private static void ReadLegacy(byte[] bytes)
    {
        using var file = H5File.Open(bytes);
        KerasLegacy.Read(file);
    }

    private static void ReadZip(string path)
    {
        using var zip = ZipContainer.Open(path);
        foreach (var member in zip.Members.Take(MaxTensors)) zip.ReadBytes(member, 1 << 20);
    }

    private static void OnDisk(string folder, string name, byte[] bytes, Action<string> read)
    {
        var shard = Path.Combine(folder, "s.safetensors");
        if (!File.Exists(shard))
            File.WriteAllBytes(shard,
                Bytes(stream => SafetensorsWriter.Write(stream, [new("a", Arrays[0].Value), new("b", Arrays[2].Value)])));
        File.WriteAllBytes(Path.Combine(folder, "w.bin"), new byte[24]);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        read(path);
    }

    private static void Zip(Stream stream, CompressionLevel level)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, text) in new[] { ("a/b.txt", "some text, some text, some text"), ("c", "") })
        {
            using var member = zip.CreateEntry(name, level).Open();
            member.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    private static byte[] Pickle(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using var member = zip.GetEntry("archive/data.pkl")!.Open();
        return Bytes(member.CopyTo);
    }

    private static byte[] WithPickle(byte[] pickle) => Bytes(stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "archive/data.pkl", pickle);
        for (var i = 0; i < Arrays.Count; i++) Add(zip, $"archive/data/{i}", Arrays[i].Value.Bytes.Span);
    });

    private static byte[] WithConfig(byte[] config) => Bytes(stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "config.json", config);
        Add(zip, "model.weights.h5", Bytes(weights => KerasWeights.Write(weights, Variables)));
    });

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        using var member = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        member.Write(bytes);
    }

    /// <summary>The stream of torch before 1.6: five pickles and a storage.</summary>
    private static byte[] Stream() =>
    [
        0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.',
        0x80, 2, .. "M"u8, 0xe9, 3, (byte)'.',
        0x80, 2, .. "}."u8,
        0x80, 2, .. "}X"u8, 1, 0, 0, 0, .. "wctorch._utils\n_rebuild_tensor_v2\n((X"u8, 7, 0, 0, 0, .. "storagectorch\nFloatStorage\nX"u8,
        1, 0, 0, 0, .. "0X"u8, 3, 0, 0, 0, .. "cpuK"u8, 6, .. "NtQK"u8, 0, .. "K"u8, 2, .. "K"u8, 3, 0x86, .. "K"u8, 3,
        .. "K"u8, 1, 0x86, 0x89, .. "}tRs."u8,
        0x80, 2, .. "](X"u8, 1, 0, 0, 0, .. "0e."u8,
        6, 0, 0, 0, 0, 0, 0, 0, .. new byte[24],
    ];

    private static byte[] Gzip(byte[] bytes) => Bytes(stream =>
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        gzip.Write(bytes);
    });

    private static List<byte[]> H5Samples()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data");
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.h5").Where(path => !Path.GetFileName(path).StartsWith("bad", StringComparison.Ordinal))]
            : [];
        return [Bytes(stream => KerasWeights.Write(stream, Variables)), .. files.Select(File.ReadAllBytes)];
    }

    private static List<byte[]> Images()
    {
        using var bitmap = new SkiaSharp.SKBitmap(8, 6);
        bitmap.Erase(new SkiaSharp.SKColor(200, 100, 50));
        SkiaSharp.SKEncodedImageFormat[] formats = [SkiaSharp.SKEncodedImageFormat.Png, SkiaSharp.SKEncodedImageFormat.Jpeg,
            SkiaSharp.SKEncodedImageFormat.Webp];
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 10, 20, 30, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
        byte[] bmp = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0,
            .. new byte[24], 30, 20, 10, 0];
        return [.. formats.Select(format => bitmap.Encode(format, 90).ToArray()), gif, bmp];
    }
}
