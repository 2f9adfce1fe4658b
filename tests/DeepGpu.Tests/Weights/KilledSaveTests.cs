using System.Diagnostics;
using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Files;

/// <summary>RELIABILITY2 rows 23 and 24: saves that are killed, and names as long as the file system allows.</summary>
public sealed class KilledSaveTests : IDisposable
{
    private const string FolderVariable = "DEEPGPU_TEST_FOLDER";

    private static readonly ModelSpec Network = Sequential.Input(512).Dense(1024).Dense(1024).Dense(1024).Build("victim");
    private static readonly string[] Names = ["model.keras", "model.h5", "model.weights.h5", "model.safetensors", "model.deepgpu"];

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Killed_saves_leave_whole_files_and_the_next_save_nothing_beside_them()
    {
        var leftovers = 0;
        for (var kill = 0; kill < 40 && (kill < 8 || leftovers == 0); kill++)
        {
            using var process
                = Process.Start(ChildProcess.Of(typeof(KilledSaveTests), nameof(Victim_of_the_kills), (FolderVariable, _folder)))!;
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder, "begun")), TimeSpan.FromMinutes(5)).Should().BeTrue();
            Thread.Sleep(20 + 37 * kill % 300);
            process.Kill();
            process.WaitForExit();
            File.Delete(Path.Combine(_folder, "begun"));
            leftovers += Directory.GetFiles(_folder, "*.tmp").Length;
        }

        leftovers.Should().BeGreaterThan(0, "the test must hit saves");
        using var model = Network.ToModel(Device.Cpu, seed: 3);
        model.Save(Path.Combine(_folder, "another.deepgpu"));
        Directory.GetFiles(_folder).Select(Path.GetFileName).Should().BeSubsetOf([.. Names, "another.deepgpu"]);
        foreach (var file in Directory.GetFiles(_folder).Order(StringComparer.Ordinal)) model.LoadWeights(file).IsComplete
            .Should().BeTrue(file);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    [InlineData(".weights.h5")]
    [InlineData(".safetensors")]
    [InlineData(".deepgpu")]
    public void A_name_of_255_bytes_can_be_saved_and_loaded(string extension)
    {
        var path = Path.Combine(_folder, new string('m', 255 - extension.Length) + extension);
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Save(path);
        model.Save(path);
        Directory.GetFiles(_folder).Should().Equal(path);
        model.LoadWeights(path).IsComplete.Should().BeTrue();
    }

    [Fact]
    public void A_model_that_was_private_stays_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the modes of Unix");
        var path = Path.Combine(_folder, "m.keras");
        using var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        foreach (var mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead })
        {
            File.WriteAllText(path, "");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
            model.Save(path);
            (OperatingSystem.IsWindows() ? mode : File.GetUnixFileMode(path)).Should().Be(mode);
        }
    }

    [Fact(Explicit = true)]
    public void Victim_of_the_kills()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        using var model = Network.ToModel(Device.Cpu, seed: 2);
        File.WriteAllText(Path.Combine(folder, "begun"), "");
        for (var i = 0; ; i++) model.Save(Path.Combine(folder, Names[i % Names.Length]));
    }
}
