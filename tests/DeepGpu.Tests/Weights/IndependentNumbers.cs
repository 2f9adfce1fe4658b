using System.Text.Json;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Files of weights that a script of NumPy made (tests/Independent), with what it computed of some inputs.</summary>
/// <param name="Inputs">What goes in.</param>
/// <param name="Outputs">What comes out.</param>
internal sealed record IndependentNumbers(IReadOnlyList<NDArray> Inputs, IReadOnlyList<(int[] Shape, double[] Values)> Outputs)
{
    private const double Tolerance = 1e-5;

    /// <summary>Runs a script, which writes model.safetensors and numbers.json into a folder; the test is skipped without NumPy.</summary>
    public static IndependentNumbers Make(string program, string folder, string name)
    {
        var run = PythonPrograms.Run(program, "numpy", folder, name);
        run.Code.Should().Be(0, run.Output);
        using var numbers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "numbers.json")));
        return new([.. numbers.RootElement.GetProperty("inputs").EnumerateArray().Select(Input)],
            [.. numbers.RootElement.GetProperty("outputs").EnumerateArray().Select(output => (Shape(output), Values(output)))]);
    }

    /// <summary>A model's outputs are those.</summary>
    public void ShouldBe(IReadOnlyList<NDArray> outputs)
    {
        outputs.Should().HaveCount(Outputs.Count);
        foreach (var (output, (shape, values)) in outputs.Zip(Outputs))
        {
            output.Shape.Should().Equal(shape);
            var scale = Math.Max(1, values.Max(Math.Abs));
            output.ToArray<float>().Zip(values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(Tolerance * scale);
        }
    }

    private static NDArray Input(JsonElement entry) => entry.GetProperty("whole").GetBoolean()
        ? NDArray.From<long>([.. Values(entry).Select(value => (long)value)], Shape(entry))
        : NDArray.From<float>([.. Values(entry).Select(value => (float)value)], Shape(entry));

    private static int[] Shape(JsonElement entry) => [.. entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];

    private static double[] Values(JsonElement entry) => [.. entry.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())];
}
