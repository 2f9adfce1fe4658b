using DeepGpu.Formats;

namespace DeepGpu.Cli.Tests;

/// <summary>What a file names and this library leaves out is said by every command that reads the file.</summary>
public sealed class OmittedNoteTests : IDisposable
{
    private const string Note = "note: left out, as it matters only in training: kernel_constraint";

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-notes-").FullName;

    private readonly string _model;

    public OmittedNoteTests()
    {
        _model = Path.Combine(_folder, "m.h5");
        AtomicFile.Write(_model, stream => KerasLegacy.Write(stream, new()
        {
            ModelConfig = """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "d", "units": 2,
                "kernel_constraint": {"class_name": "WeightClip", "config": {"c": 0.5}}, "batch_input_shape": [null, 3]} }]} }
                """,
            KerasVersion = "2.3.1",
            Backend = "tensorflow",
            Layers = [new("d", [new("d/kernel:0", NDArray.From<float>(new float[6], 3, 2)), new("d/bias:0", NDArray.From<float>([1, 2], 2))])],
        }));
    }

    public static TheoryData<string[]> Commands => new()
    {
        new[] { "inspect", "MODEL" }, new[] { "inspect", "MODEL", "--json" }, new[] { "inspect", "MODEL", "--kind", "h5" },
        new[] { "summary", "MODEL" }, new[] { "summary", "MODEL", "--input-shape", "3" }, new[] { "forecast", "MODEL", "--gpu", "RTX 3090" },
        new[] { "choose", "MODEL" }, new[] { "gpus", "compare", "RTX 3090", "RTX 4090", "--model", "MODEL" },
        new[] { "convert", "MODEL", "TO" }, new[] { "predict", "MODEL", "--input", "IN", "--output", "OUT" },
        new[] { "inspect", "MODEL", "--model", "MODEL" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_says_what_it_leaves_out(string[] command)
    {
        AtomicFile.Write(Path.Combine(_folder, "in.npy"), stream => NpyFile.Write(stream, NDArray.Zeros(DataType.Float32, 1, 3)));
        var run = CliRun.Of([.. command.Select(word => word switch
        {
            "MODEL" => _model,
            "TO" => Path.Combine(_folder, "to.keras"),
            "IN" => Path.Combine(_folder, "in.npy"),
            "OUT" => Path.Combine(_folder, "out.npy"),
            _ => word,
        })]);
        run.Code.Should().Be(0, run.Output + run.Errors);
        run.Errors.Should().Contain(Note).And.Contain("of 'd'");
        run.Output.Should().NotContain("note: left out");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
