using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests.Bytes;

/// <summary>RELIABILITY2 row 22 and section 4 G: every reader refuses what is no regular file, at once; every writer of names refuses what
/// cannot be shown.</summary>
public sealed class FileKindTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        ["safetensors"] = path => SafetensorsFile.Open(path),
        ["safetensors index"] = path => SafetensorsIndex.Open(path),
        ["npy"] = path => NpyFile.Open(path),
        ["npz"] = path => NpzFile.Open(path),
        ["pth"] = path => PthFile.Open(path),
        ["hdf5"] = path => H5File.Open(path),
        ["keras"] = path => KerasArchive.Open(path),
        ["tfjs"] = path => TfjsFile.Open(path),
        ["zip"] = path => ZipContainer.Open(path),
        ["idx"] = path => IdxFile.Read(path),
        ["csv"] = path => CsvTable.Read(path),
        ["image"] = path => ImageFile.Read(path),
        ["any weights"] = path => WeightFile.Open(path),
    };

    private static readonly Dictionary<string, Action<Stream, IReadOnlyList<KeyValuePair<string, NDArray>>>> Writers = new()
    {
        ["safetensors"] = (stream, tensors) => SafetensorsWriter.Write(stream, tensors),
        ["npz"] = NpzFile.Write,
        ["pth"] = PthWriter.Write,
        ["pth tree"] = (stream, tensors) => PthWriter.Write(stream, new([.. tensors.Select(Node)]), _ => tensors[0].Value),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> ReaderNames => [.. Readers.Keys];

    public static TheoryData<string> WriterNames => [.. Writers.Keys];

    [Theory]
    [MemberData(nameof(ReaderNames))]
    public async Task A_pipe_and_a_device_are_refused_by_every_reader(string reader)
    {
        foreach (var path in new[] { ChildProcess.Pipe(_folder.File("pipe")), "/dev/zero" })
        {
            var refused = await Task.Run(() => Readers[reader].Invoking(read => read(path))
                .Should().Throw<ModelFormatException>()).WaitAsync(Hang, TestContext.Current.CancellationToken);
            refused.Which.Fault.Code.Should().Be("not_a_regular_file");
        }
    }

    [Fact]
    public async Task A_shard_that_is_a_pipe_is_refused()
    {
        ChildProcess.Pipe(_folder.File("a.safetensors"));
        var index = _folder.Write("model.safetensors.index.json", "{\"weight_map\":{\"t\":\"a.safetensors\"}}"u8);
        var refused = await Task.Run(() => FluentActions.Invoking(() => SafetensorsIndex.Open(index))
            .Should().Throw<ModelFormatException>()).WaitAsync(Hang, TestContext.Current.CancellationToken);
        refused.Which.Fault.Code.Should().Be("not_a_regular_file");
    }

    [Theory]
    [MemberData(nameof(WriterNames))]
    public void A_tensors_name_that_cannot_be_shown_is_refused(string writer)
    {
        foreach (var name in new[] { "a\u001b[2J", "a\nb", "a\u202eb", "a\u2066b", "a\u007f" })
        {
            using var stream = new MemoryStream();
            Writers[writer].Invoking(write
                => write(stream, [new("größe", NDArray.Zeros(DataType.Float32, 1)), new(name, NDArray.Zeros(DataType.Float32, 1))]))
                .Should().Throw<DeepGpuArgumentException>()
                .WithMessage($"*name must be free of control and formatting characters, but is '{StrictJson.Printable(name)}'.*");
        }
    }

    private static KeyValuePair<string, CheckpointNode> Node(KeyValuePair<string, NDArray> tensor)
        => new(tensor.Key,
            new CheckpointTensor(new(tensor.Key, tensor.Value.Type, [.. tensor.Value.Shape.Select(length => (long)length)])));
}
