using System.Text;
using System.Text.Json;
using DeepGpu.Formats;

namespace DeepGpu.Tests.Files;

/// <summary>RELIABILITY2 section 4, D and E: texts of files in reports, notes and exceptions.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Hostile = "x\u001b[2J\nforged: \u202ey";
    private const string Shown = "x\\u001b[2J\\u000aforged: \\u202ey";

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-texts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_of_weights_shows_names_of_tensors_as_escapes()
    {
        var file = Path.Combine(_folder, "w.safetensors");
        var entry = """:{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        var header = Encoding.UTF8.GetBytes("{" + JsonSerializer.Serialize(Hostile) + entry);
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((ulong)header.Length), .. header, 0, 0, 0, 0]);
        var refused = FluentActions.Invoking(() => ModelFile.CheckWeights(file, Cnn.Small)).Should().Throw<WeightMismatchException>().Which;
        var report = refused.Report;
        report.Unused[0].Name.Should().Be(Hostile);
        report.ToString().Should().Contain($"not used: {Shown} (1)").And.NotContain("\u001b").And.NotContain("\u202e")
            .And.NotContain("\nforged");
        refused.Message.Should().Contain(Shown).And.NotContain("\n");
    }

    [Fact]
    public void A_table_of_classes_named_by_folders_shows_their_names_as_escapes()
    {
        var matrix = ConfusionMatrix.Of(NDArray.From<long>([0, 1], 2), NDArray.From<float>([1, 0, 0, 1], 2, 2), [Hostile, "dog"]);
        matrix.Labels[0].Should().Be(Hostile);
        foreach (var table in new[] { matrix.ToString(), matrix.Report().ToString() })
        {
            table.Should().Contain(Shown).And.NotContain("\u001b").And.NotContain("\u202e").And.NotContain("\nforged");
        }
    }

    [Fact]
    public void A_note_about_a_damaged_checkpoint_shows_its_path_as_escapes()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Hostile)).FullName;
        File.WriteAllText(Path.Combine(folder, "checkpoint-000000000009.deepgpu"), "damaged");
        using var checkpoints = CheckpointFolder.Open(folder, keep: 2);
        var notes = new List<string>();
        checkpoints.Invoking(c => c.Newest(notes)).Should().Throw<CheckpointException>().Which.Message.Should().Contain(Shown)
            .And.NotContain("\n");
        notes.Should().ContainSingle().Which.Should().Contain(Shown).And.NotContain("\u001b").And.NotContain("\n");
    }

    [Fact]
    public void Errors_of_readers_show_the_files_name_as_escapes()
    {
        var file = Path.Combine(_folder, Hostile);
        File.WriteAllText(file, "nothing that is known");
        Action[] reads = [() => Model.Load(file, Device.Cpu), () => ModelFile.ReadSpec(file), () => NpyFile.Open(file), ()
            => ImageFile.Read(file), () => LabeledTexts.FromFolder(file)];
        foreach (var read in reads) read.Should().Throw<Exception>().Which.Message.Should().Contain(Shown).And.NotContain("\u001b")
            .And.NotContain("\n");
    }
}
