using System.Formats.Tar;
using System.IO.Compression;
using DeepGpu.Models;

namespace DeepGpu.Tests.Data;

public sealed class BuiltInTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-archives").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Generated_sequences_are_the_same_for_the_same_seed_and_can_be_told_apart()
    {
        var (train, test) = Datasets.GeneratedSequences(400, 100, timeSteps: 20, features: 3);
        train.ToString().Should().Be("400 samples: Float32 (400, 20, 3) -> Int32 (400)");
        Datasets.GeneratedSequences(400, 100, timeSteps: 20, features: 3)
            .Train.Input.Bytes.Span.SequenceEqual(train.Input.Bytes.Span).Should().BeTrue();
        Datasets.GeneratedSequences(400, 100, timeSteps: 20, features: 3, seed: 1)
            .Train.Input.Bytes.Span.SequenceEqual(train.Input.Bytes.Span).Should().BeFalse();
        using var model = Sequential.Input(20, 3).LSTM(16).Dense(4, Activation.Softmax).Build().ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Adam(0.02), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
        model.Fit(train, epochs: 10);
        model.Evaluate(test)["accuracy"].Should().BeGreaterThan(0.6);
    }

    [Fact]
    public void Cifar_records_become_pixels_with_channels_last()
    {
        var record = new byte[2 + 3072];
        (record[0], record[1], record[2], record[2 + 1024], record[2 + 2048 + 1]) = (9, 42, 255, 51, 102);
        var (train, test) = CifarArchive.Read(Archive(("cifar-100-binary/train.bin", [.. record, .. record]),
            ("cifar-100-binary/test.bin", record), ("cifar-100-binary/fine_label_names.txt", [1])), labelBytes: 2, "train");
        train.ToString().Should().Be("2 samples: Float32 (2, 32, 32, 3) -> UInt8 (2)");
        train.Target.ToArray<byte>().Should().Equal(42, 42);
        test.Input.ToArray<float>()[..6].Should().Equal(1, 0.2f, 0, 0, 0, 0.4f);
    }

    [Fact]
    public void Reviews_are_read_by_part_and_class()
    {
        var (train, test) = ImdbArchive.Read(Archive(("aclImdb/train/pos/0_9.txt", "good"u8.ToArray()),
            ("aclImdb/train/neg/1_1.txt", "bad"u8.ToArray()), ("aclImdb/test/pos/0_9.txt", "fine"u8.ToArray()),
            ("aclImdb/train/unsup/0_0.txt", "?"u8.ToArray()), ("aclImdb/README", "x"u8.ToArray())));
        train.Texts.Should().Equal("bad", "good");
        train.Labels.Should().Equal(0, 1);
        test.Texts.Should().Equal("fine");
    }

    [Fact]
    public void Mixing_blends_inputs_and_targets_alike()
    {
        var batch = new Batch([NDArray.From<float>([.. Enumerable.Range(0, 64).Select(i => (float)(i / 16))], 4, 4, 4, 1)],
            [NDArray.From<float>([0, 1, 2, 3], 4, 1)], []);
        var mixed = new MixUp { Alpha = 1 }.Apply(batch, new Random(3));
        for (var i = 0; i < 4; i++)
            mixed.Inputs[0].ToArray<float>().Skip(16 * i).Take(16)
                .Should().OnlyContain(v => Math.Abs(v - mixed.Targets[0].ToArray<float>()[i]) < 1e-5);
        var cut = new CutMix().Apply(batch, new Random(3));
        cut.Inputs[0].ToArray<float>().Should().OnlyContain(v => v == 0 || v == 1 || v == 2 || v == 3);
        new MixUp().Apply(batch, new Random(5)).Targets[0]
            .ToArray<float>().Should().Equal(new MixUp().Apply(batch, new Random(5)).Targets[0].ToArray<float>());
        FluentActions.Invoking(() => new MixUp().Apply(batch with { Targets = [NDArray.From<int>([0, 1, 2, 3], 4)] }, new Random(1)))
            .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("targets_not_blendable");
    }

    [Fact]
    public void Layers_augment_a_stream_the_same_on_any_number_of_workers()
    {
        var stream = Datasets.GeneratedDigits(40, 1).Train.ToStream().Apply(new RandomRotation(0.2), new Resizing(20, 20)).WithSeed(3);
        byte[][] Read(DataStream s) => [.. s.Batches(1, 16).Select(b => b.Inputs[0].Bytes.ToArray())];
        var one = Read(stream);
        one[0].Length.Should().Be(16 * 20 * 20 * 4);
        Read(stream.Prefetch(2, 8)).Should().BeEquivalentTo(one, o => o.WithStrictOrdering());
        FluentActions.Invoking(() => Read(stream.Apply(new Dense(2)))).Should().Throw<DeepGpuArgumentException>();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    public void Numbers_outside_an_embeddings_vocabulary_are_refused_with_the_sample(int id)
    {
        using var model = Sequential.Input(2).Reshape(1, 2).Embedding(7, 3).Flatten().Dense(1).Build().ToModel(Device.Cpu, seed: 1);
        var input = NDArray.From<int>([0, 6, 1, id], 2, 2);
        FluentActions.Invoking(() => model.Predict(input))
            .Should().Throw<TrainingDataException>().WithMessage($"*0 to 6, but sample 1 of inputs holds {id}*");
        model.Compile(Optimizer.Sgd(), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(input, NDArray.Zeros(DataType.Float32, 2, 1));
        foreach (DataSource source in new DataSource[] { data, data.ToStream() })
            FluentActions.Invoking(() => model.Fit(source))
                .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("unknown_id");
    }

    private string Archive(params (string Name, byte[] Bytes)[] entries)
    {
        var path = Path.Combine(_folder, "x.tar.gz");
        using var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        foreach (var (name, bytes) in entries)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        return path;
    }
}
