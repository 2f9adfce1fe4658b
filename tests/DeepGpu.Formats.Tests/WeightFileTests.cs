namespace DeepGpu.Formats.Tests;

public class WeightFileTests
{
    [Fact]
    public void Every_format_is_told_by_its_bytes_and_not_by_its_name()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<KeyValuePair<string, NDArray>> tensors = [new("w", Samples.Of(DataType.Float32))];
        Opened(folder.Write("a", stream => SafetensorsWriter.Write(stream, tensors))).Should().Be("safetensors");
        Opened(folder.Write("b", stream => PthWriter.Write(stream, tensors))).Should().Be("pth");
        Opened(folder.Write("c", stream => NpzFile.Write(stream, tensors))).Should().Be("npz");
        Opened(folder.Write("d", stream => NpyFile.Write(stream, tensors[0].Value))).Should().Be("npy");
        Opened(folder.Write("e", stream => KerasWeights.Write(stream, [new("layers/dense", null, [tensors[0].Value])]))).Should().Be("h5");
        Opened(folder.Write("f", stream => KerasArchive.Write(stream, "{}", "{}", [new("layers/dense", null, [tensors[0].Value])])))
            .Should().Be("h5");
        WeightFile.FormatOf(folder.File("f")).Name.Should().Be("keras");
        var index = SafetensorsIndex.Write(folder.File("g"), tensors, 100);
        File.Move(index, Path.Combine(folder.File("g"), "h"));
        Opened(Path.Combine(folder.File("g"), "h")).Should().Be("safetensors-index");
        folder.Write("w.bin", tensors[0].Value.Bytes.Span);
        Opened(folder.Write("i",
            """{"weightsManifest":[{"paths":["w.bin"],"weights":[{"name":"w","shape":[2,3],"dtype":"float32"}]}]}"""u8))
            .Should().Be("tfjs");
        Refused.With("empty_file", () => WeightFile.Open(folder.Write("j", [])));
        Refused.With("unsupported_format", () => WeightFile.Open(folder.Write("k", "hello"u8)));
    }

    [Fact]
    public void A_safetensors_file_is_told_whatever_its_header_length_begins_with()
    {
        using var folder = new TemporaryFolder();
        var starts = Enumerable.Range(1, 60).Select(length =>
        {
            var path = folder.Write($"{length}",
                stream => SafetensorsWriter.Write(stream, [new(new string('n', 8 * length), Samples.Of(DataType.Float32))]));
            WeightFile.FormatOf(path).Name.Should().Be("safetensors");
            return File.ReadAllBytes(path)[0];
        }).ToHashSet();
        starts.Should().Contain([0x80, (byte)'(']);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_not_written()
    {
        IReadOnlyList<KeyValuePair<string, NDArray>> tensors = [new("w", Samples.Of(DataType.Int8)), new("w", Samples.Of(DataType.Int8))];
        Action<Stream>[] writers = [stream => SafetensorsWriter.Write(stream, tensors), stream => PthWriter.Write(stream, tensors),
            stream => NpzFile.Write(stream, tensors), _ => SafetensorsIndex.Write(Path.GetTempPath(), tensors, 1)];
        foreach (var write in writers)
        {
            using var stream = new MemoryStream();
            FluentActions.Invoking(() => write(stream))
                .Should().Throw<DeepGpuArgumentException>().WithMessage("*tensors must be arrays of different names, but is two of 'w'.*");
            stream.Length.Should().Be(0);
        }
    }

    [Fact]
    public void A_tensor_of_another_file_or_memory_of_another_length_is_refused()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new("w", Samples.Of(DataType.Float32))]);
        using var file = SafetensorsFile.Open(stream.ToArray());
        FluentActions.Invoking(() => file.Read(new TensorEntry("w", DataType.Float32, [6]), new byte[24]))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("TensorFile: tensor must be a tensor of this file, but is w.*");
        FluentActions.Invoking(() => file.Read(file.Tensors[0], new byte[23]))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("TensorFile: destination must be 24 bytes, but is 23.*");
    }

    [Fact]
    public void A_closed_file_can_be_read_no_more()
    {
        using var folder = new TemporaryFolder();
        var file = SafetensorsFile.Open(folder.Write("a",
            stream => SafetensorsWriter.Write(stream, [new("w", Samples.Of(DataType.Float32))])));
        file.Dispose();
        FluentActions.Invoking(() => file.Read(file.Tensors[0])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Saving_over_the_file_that_is_being_read_gives_the_right_bytes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a", stream => SafetensorsWriter.Write(stream, Samples.All()));
        using (var file = SafetensorsFile.Open(path))
            AtomicFile.Write(path, stream =>
                SafetensorsWriter.Write(stream, [.. file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))]));
        using var again = SafetensorsFile.Open(path);
        Samples.ShouldEqual(again, Samples.All());
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a", [1, 2, 3]);
        FluentActions.Invoking(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new InvalidOperationException("no");
        })).Should().Throw<InvalidOperationException>();
        File.ReadAllBytes(path).Should().Equal(1, 2, 3);
        Directory.GetFiles(Path.GetDirectoryName(path)!).Should().Equal(path);
    }

    [Fact]
    public void A_large_file_is_read_into_the_callers_memory_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();
        const int Length = 8 << 20;
        var path = folder.Write("a",
            stream => SafetensorsWriter.Write(stream, [new("w", new(DataType.UInt8, [Length], new byte[Length]))]));
        var destination = new byte[Length];
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var file = SafetensorsFile.Open(path)) file.Read(file.Tensors[0], destination);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_open_is_a_refusal_and_no_crash()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a", stream => SafetensorsWriter.Write(stream, [new("w", Samples.Of(DataType.Float32))]));
        using var file = SafetensorsFile.Open(path);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) other.SetLength(20);
        Refused.With("truncated", () => file.Read(file.Tensors[0])).File.Should().Be(path);
    }

    [Fact]
    public void The_hash_of_a_large_tensor_is_that_of_its_bytes_and_takes_little_memory()
    {
        var bytes = new byte[(5 << 20) + 3];
        new Random(1).NextBytes(bytes);
        using var folder = new TemporaryFolder();
        using var file = SafetensorsFile.Open(folder.Write("a",
            stream => SafetensorsWriter.Write(stream, [new("w", new(DataType.UInt8, [bytes.Length], bytes))])));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var hash = file.Sha256(file.Tensors[0]);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2 << 20);
        hash.Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    private static string Opened(string path)
    {
        using var file = WeightFile.Open(path);
        file.Read(file.Tensors[0]).Bytes.Span.SequenceEqual(Samples.Of(DataType.Float32).Bytes.Span).Should().BeTrue(path);
        return file.Format.Name;
    }
}
