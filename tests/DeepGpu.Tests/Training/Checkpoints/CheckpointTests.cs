using DeepGpu.Models;

namespace DeepGpu.Tests.Checkpoints;

/// <summary>RELIABILITY G72 to G76, G79, G84: the folder of checkpoints.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(96, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-checkpoints-").FullName;

    private string[] Files => [.. Directory.GetFiles(_folder, "checkpoint-*").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void As_many_are_kept_as_asked_the_newest()
    {
        Fit(keep: 3, epochs: 2);
        Files.Select(file => Path.GetFileNameWithoutExtension(file)[^2..]).Should().Equal("04", "05", "06");
    }

    [Fact]
    public void They_are_removed_when_training_ends_as_planned()
    {
        using var model = Cnn.Small.Compiled();
        model.Fit(Data.Train, new FitOptions { Callbacks = [new BackupAndRestore(_folder)] });
        Files.Should().BeEmpty();
    }

    [Fact]
    public void A_checkpoint_is_a_model_file()
    {
        using var trained = Fit();
        using var loaded = Model.Load(Files[^1], Device.Cpu);
        loaded.Predict(Data.Validation.Inputs)[0]
            .ToArray<float>().Should().Equal(trained.Predict(Data.Validation.Inputs)[0].ToArray<float>());
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_removed()
    {
        var leftover = Path.Combine(_folder, "checkpoint-000000000009.deepgpu.0123.tmp");
        File.WriteAllText(leftover, "half");
        Fit();
        File.Exists(leftover).Should().BeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_newest_is_passed_over_and_the_history_says_so(bool truncated)
    {
        Fit(epochs: 1).Dispose();
        var (damaged, kept) = (Files[^1], Files[^2]);
        Damage(damaged, truncated);
        using var model = Compiled();
        model.Fit(Data.Train, Options(2, 2)).Notes.Should().ContainSingle(note => note.Contains(damaged, StringComparison.Ordinal));
        kept.Should().NotBeNull();
    }

    [Fact]
    public void If_all_are_damaged_nothing_is_trained()
    {
        Fit(epochs: 1).Dispose();
        foreach (var file in Files) Damage(file, truncated: false);
        using var model = Compiled();
        var before = KilledTraining.Outcome(model, new());
        model.Invoking(m => m.Fit(Data.Train, Options(2, 2)))
            .Should().Throw<CheckpointException>().Which.Fault.Code.Should().Be("no_whole_checkpoint");
        KilledTraining.Outcome(model, new()).Should().Be(before);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_found_before_the_first_epoch()
    {
        var file = Path.Combine(_folder, "a file");
        File.WriteAllText(file, "");
        var epochs = 0;
        using var model = Cnn.Small.Compiled();
        var options = new FitOptions { Callbacks = [new LambdaCallback { EpochBegin = _ => epochs++ }, new BackupAndRestore(file)] };
        model.Invoking(m => m.Fit(Data.Train, options))
            .Should().Throw<CheckpointException>().Which.Fault.Code.Should().Be("checkpoint_folder");
        epochs.Should().Be(0);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_noted_and_training_continues()
    {
        using var model = Cnn.Small.Compiled();
        var blocking = new LambdaCallback
        {
            EpochBegin = _ => Directory.CreateDirectory(Path.Combine(_folder, "checkpoint-000000000003.deepgpu"))
        };
        var history = model.Fit(Data.Train,
            new FitOptions { Callbacks = [blocking, new BackupAndRestore(_folder, deleteCheckpoint: false)] });
        history.Epochs.Should().Be(1);
        history.Notes.Should().Contain(note => note.Contains("could not be written", StringComparison.Ordinal));
    }

    [Fact]
    public void A_disk_that_is_full_in_the_middle_keeps_the_checkpoint_before()
    {
        Fit().Dispose();
        var before = Directory.GetFiles(_folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
        using (var folder = CheckpointFolder.Open(_folder, keep: 2))
        {
            var whole = folder.Newest([])!;
            folder.Invoking(f => f.Write(whole with { Arrays = new FullDisk() }, step: 99))
                .Should().Throw<IOException>().WithMessage("No space left on device");
        }

        Directory.GetFiles(_folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file))).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Two_trainings_cannot_share_a_folder()
    {
        CheckpointException? refused = null;
        var second = new LambdaCallback
        {
            EpochBegin = _ => refused = FluentActions.Invoking(() => Fit()).Should().Throw<CheckpointException>().Which
        };
        using var model = Cnn.Small.Compiled();
        model.Fit(Data.Train, new FitOptions { Callbacks = [second, new BackupAndRestore(_folder)] });
        refused!.Fault.Code.Should().Be("checkpoint_folder_in_use");
        Fit().Dispose();
    }

    [Fact]
    public void Another_training_is_refused_with_every_difference()
    {
        Fit().Dispose();
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 2);
        model.Compile(Optimizer.Sgd(), Loss.SparseCategoricalCrossentropy());
        var differences = model.Invoking(m => m.Fit(Data.Train.Take(80), Options(2, 2) with { BatchSize = 16 }))
            .Should().Throw<CheckpointMismatchException>().Which.Differences;
        differences.Select(line => line.Split(' ')[0]).Should().BeEquivalentTo("optimizer", "seed", "batch", "data", "metrics");
    }

    [Fact]
    public void Another_network_is_refused_weight_by_weight()
    {
        Fit().Dispose();
        using var model = Sequential.Input(28, 28, 1).Flatten().Dense(10, Activation.Softmax).Build("small").Compiled();
        model.Invoking(m => m.Fit(Data.Train, Options(2, 2))).Should().Throw<CheckpointMismatchException>()
            .Which.Differences.Should().Contain("weight 'dense/kernel' was 144x10 and is 784x10")
            .And.Contain("weight 'conv2d/kernel' was 5x5x1x4 and is absent");
    }

    private Model Fit(int keep = 2, int epochs = 1)
    {
        var model = Compiled();
        model.Fit(Data.Train, Options(keep, epochs));
        return model;
    }

    private static Model Compiled() => Cnn.Small.Compiled();

    private FitOptions Options(int keep, int epochs)
        => new() { Epochs = epochs, Callbacks = [new BackupAndRestore(_folder, saveFrequency: 1, keep, deleteCheckpoint: false)] };

    private static void Damage(string file, bool truncated)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, truncated ? bytes[..(bytes.Length / 2)] : bytes);
    }

    /// <summary>Arrays that cannot be written: what comes before them in the file is.</summary>
    private sealed class FullDisk : IReadOnlyDictionary<string, NDArray>
    {
        public IEnumerable<string> Keys => [];

        public IEnumerable<NDArray> Values => [];

        public int Count => 1;

        public NDArray this[string key] => throw new KeyNotFoundException();

        public bool ContainsKey(string key) => false;

        public bool TryGetValue(string key, out NDArray value)
        {
            value = null!;
            return false;
        }

        public IEnumerator<KeyValuePair<string, NDArray>> GetEnumerator() => throw new IOException("No space left on device");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
