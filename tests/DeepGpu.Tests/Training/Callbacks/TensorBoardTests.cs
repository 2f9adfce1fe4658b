using System.Buffers.Binary;
using Tensorboard;

namespace DeepGpu.Tests.Callbacks;

public sealed class TensorBoardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-events-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Event_files_hold_what_the_history_holds()
    {
        var (train, validation) = Datasets.GeneratedDigits(64, 32);
        using var model = Cnn.Small.Compiled();
        var history = model.Fit(train, new FitOptions
        {
            Epochs = 2,
            Validation = validation,
            Callbacks = [new TensorBoard(_folder, histogramFrequency: 1, updateFrequency: 2)]
        });
        Scalars("train", "epoch_loss").Should().Equal(history["loss"].Select(value => (float)value));
        Scalars("validation", "epoch_accuracy").Should().Equal(history["val_accuracy"].Select(value => (float)value));
        Scalars("train", "epoch_learning_rate").Should().Equal(0.001f, 0.001f);
        Scalars("train", "batch_loss").Should().HaveCount(2);
        Values("train").Count(value => value.Tag == "dense/kernel" && value.Histo is not null).Should().Be(2);
    }

    private IEnumerable<float> Scalars(string run, string tag)
        => Values(run).Where(value => value.Tag == tag).Select(value => value.SimpleValue);

    private IEnumerable<Summary.Types.Value> Values(string run)
        => Events(File.ReadAllBytes(Directory.GetFiles(Path.Combine(_folder, run), "*tfevents*").Single()))
            .SelectMany(entry => entry.Summary?.Value ?? []);

    /// <summary>The records of an event file: length, checksum, bytes, checksum.
    /// TensorFlow: https://www.tensorflow.org/tutorials/load_data/tfrecord</summary>
    private static IEnumerable<Event> Events(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)).Should().Be(Masked(file.AsSpan(at, 8)));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)).Should().Be(Masked(file.AsSpan(at + 12, length)));
            yield return Event.Parser.ParseFrom(file, at + 12, length);
            at += length + 16;
        }
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes) crc = System.Numerics.BitOperations.Crc32C(crc, value);
        crc ^= 0xFFFFFFFFu;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
    }
}
