using DeepGpu.Testing;

namespace DeepGpu.Tests.Files;

/// <summary>RELIABILITY2 rows 12 and 22, section 4 G: models, weights, data, checkpoints and logs are regular files.</summary>
public sealed class FileKindTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly (Dataset Train, Dataset Validation) Data = Datasets.GeneratedDigits(32, 1);

    private static readonly Dictionary<string, Action<string>> Reads = new()
    {
        ["Model.Load"] = path => Model.Load(path, Device.Cpu),
        ["ModelFile.ReadSpec"] = path => ModelFile.ReadSpec(path),
        ["ModelFile.Convert"] = path => ModelFile.Convert(path, path + ".npz"),
        ["ModelFile.CheckWeights"] = path => ModelFile.CheckWeights(path, Cnn.Small),
        ["Model.LoadWeights"] = LoadWeights,
        ["Dataset.FromIdx"] = path => DatasetFiles.FromIdx(path, path),
        ["Dataset.FromNpy"] = path => DatasetFiles.FromNpy(path, path),
        ["Dataset.FromCsv"] = path => DatasetFiles.FromCsv(path, "label"),
        ["LabeledTexts.FromLines"] = path => LabeledTexts.FromLines([path, path]),
        ["published hash"] = path => PublishedHash.Md5("00").Of(path),
    };

    private static readonly Dictionary<string, Action<Model, string>> Writes = new()
    {
        ["Save"] = (model, path) => model.Save(path),
        ["ModelCheckpoint"] = (model, path) => Fit(model, new ModelCheckpoint(path)),
        ["CSVLogger"] = (model, path) => Fit(model, new CSVLogger(path)),
        ["CSVLogger that appends"] = (model, path) => Fit(model, new CSVLogger(path, append: true)),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-kinds-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> ReadNames => [.. Reads.Keys];

    public static TheoryData<string> WriteNames => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(ReadNames))]
    public async Task A_pipe_and_a_device_are_not_read(string read)
    {
        foreach (var path in new[] { ChildProcess.Pipe(Path.Combine(_folder, "pipe")), "/dev/zero" })
        {
            var refused = await Task.Run(() => Reads[read].Invoking(call => call(path))
                .Should().Throw<ModelFormatException>()).WaitAsync(Hang, TestContext.Current.CancellationToken);
            (refused.Which.Fault.Code, refused.Which.File).Should().Be(("not_a_regular_file", path));
        }
    }

    [Theory]
    [MemberData(nameof(WriteNames))]
    public async Task A_pipe_is_not_written_to_nor_replaced(string write)
    {
        var pipe = ChildProcess.Pipe(Path.Combine(_folder, "pipe"));
        using var model = Cnn.Small.Compiled();
        var refused = await Task.Run(() => model.Invoking(m => Writes[write](m, pipe))
            .Should().Throw<Exception>()).WaitAsync(Hang, TestContext.Current.CancellationToken);
        var fault = (refused.Which as ModelFormatException ?? refused.Which.InnerException as ModelFormatException)!.Fault;
        fault.ToString().Should().StartWith("Only a regular file is written, but a named pipe is there.");
        Directory.GetFileSystemEntries(_folder).Should().Equal(pipe);
        FluentActions.Invoking(() => RegularFile.ReadAllBytes(pipe)).Should().Throw<ModelFormatException>("it is still a pipe");
    }

    [Fact]
    public void A_device_is_not_replaced_by_a_model()
    {
        var device = ChildProcess.NullDevice(Path.Combine(_folder, "null"));
        using var model = Cnn.Small.Compiled();
        model.Invoking(m => m.Save(device))
            .Should().Throw<ModelFormatException>().WithMessage("Only a regular file is written, but a device is there.*");
        FluentActions.Invoking(() => RegularFile.ReadAllBytes(device)).Should().Throw<ModelFormatException>().WithMessage("*a device*");
    }

    [Fact]
    public async Task A_checkpoint_that_is_a_pipe_is_passed_over()
    {
        var pipe = ChildProcess.Pipe(Path.Combine(_folder, "checkpoint-000000000099.deepgpu"));
        using var model = Cnn.Small.Compiled();
        var training = Task.Run(() => FluentActions.Invoking(() => Fit(model, new BackupAndRestore(_folder)))
            .Should().Throw<CheckpointException>());
        (await training.WaitAsync(Hang, TestContext.Current.CancellationToken)).Which.Message
            .Should().Contain("Only a regular file is read, but this is a named pipe.").And.Contain(pipe);
    }

    [Fact]
    public async Task An_image_that_is_a_pipe_is_refused_or_skipped()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cats"));
        var pipe = ChildProcess.Pipe(Path.Combine(_folder, "cats", "a.png"));
        var folder = ImageFolder.Open(_folder, new() { Height = 8, Width = 8, BadFiles = BadFilePolicy.Skip });
        await Task.Run(() => folder.ToStream().Samples().Count()).WaitAsync(Hang, TestContext.Current.CancellationToken);
        folder.SkippedFiles.Keys.Should().Equal(pipe);
    }

    [Fact]
    public void Checkpoints_logs_and_their_folders_are_the_users_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the modes of Unix");
        var (folder, log) = (Path.Combine(_folder, "a", "b"), Path.Combine(_folder, "log.csv"));
        using var model = Cnn.Small.Compiled();
        Fit(model, new BackupAndRestore(folder, deleteCheckpoint: false), new CSVLogger(log));
        foreach (var made in new[] { Path.Combine(_folder, "a"), folder }) Mode(made).Should().Be("700");
        Directory.GetFiles(folder).Append(log).Select(Mode).Should().HaveCountGreaterThan(2).And.OnlyContain(mode => mode == "600");
    }

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static void LoadWeights(string path)
    {
        using var model = Cnn.Small.ToModel(Device.Cpu);
        model.LoadWeights(path);
    }

    private static void Fit(Model model, params Callback[] callbacks) => model.Fit(Data.Train, new FitOptions { Callbacks = callbacks });
}
