using System.Text.Json.Nodes;
using DeepGpu.Models;
using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for optimizers, clipping and learning-rate schedules.</summary>
public class OptimizerOracleTests
{
    public static IEnumerable<ITheoryDataRow> Optimizers => Of("optimizer");

    public static IEnumerable<ITheoryDataRow> Recomputed
        => OracleCase.Rows(OracleCase.In("keras_cases.json")
            .Where(c => c.Area == "optimizer" && c.Entry.TryGetProperty("recomputed_float64", out _)));

    public static IEnumerable<ITheoryDataRow> Clips => Of("optimizer_clip");

    public static IEnumerable<ITheoryDataRow> Schedules => Of("lr_schedule");

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_gives_Kerass_numbers(string id)
    {
        var c = OracleCase.Find(id);
        c.Check(Steps(c));
    }

    [Theory]
    [MemberData(nameof(Recomputed))]
    public void An_optimizer_gives_the_numbers_of_double_precision(string id)
    {
        var c = OracleCase.Find(id);
        var expected = OracleCase.Numbers(c.Entry.GetProperty("recomputed_float64"));
        Steps(c).ToArray<float>().Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-5)
            .And.HaveCount(expected.Length);
    }

    [Theory]
    [MemberData(nameof(Clips))]
    public void Clipping_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = OracleCase.Find(id);
        var gradients = c.Entry.GetProperty("inputs").GetProperty("gradients")
            .EnumerateArray().Select(g => Tensors.From(OracleCase.Array(g), torch.CPU)).ToArray();
        GradientChange.Clip(gradients, Read(c));
        c.Check(Tensors.ToArray(gradients[c.Entry.GetProperty("output_index").GetInt32()]));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_gives_Kerass_numbers(string id)
    {
        var c = OracleCase.Find(id);
        var schedule = LearningRateScheduleConverter.Read(Described(c));
        c.Check(NDArray.From<double>([schedule.At((long)OracleCase.Numbers(c.Arguments[0])[0])], 1));
    }

    private static IEnumerable<ITheoryDataRow> Of(string area)
        => OracleCase.Rows(OracleCase.In("keras_cases.json").Where(c => c.Area == area));


    private static JsonObject Described(OracleCase c)
        => new() { ["class_name"] = c.Name, ["config"] = JsonNode.Parse(c.Entry.GetProperty("config").GetRawText()) };

    private static Optimizer Read(OracleCase c) => OptimizerJson.Read(Described(c));

    private static NDArray Steps(OracleCase c)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = c.Entry.GetProperty("inputs");
        using var weights = new TestWeights(inputs.GetProperty("initial_variables").EnumerateArray().Select(OracleCase.Array));
        using var stepper = OptimizerStepper.Create(Read(c), weights);
        foreach (var gradients in inputs.GetProperty("gradients_per_step")
            .EnumerateArray().Take(c.Entry.GetProperty("num_steps").GetInt32()))
        {
            weights.SetGradients(gradients.EnumerateArray().Select(OracleCase.Array));
            stepper.Step();
        }

        var result = weights[c.Entry.GetProperty("variable_index").GetInt32()].ToArray();
        return result.Rank == 0 ? result.Reshape(1) : result;
    }
}
