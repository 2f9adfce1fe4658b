using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for losses.</summary>
public class LossOracleTests
{
    /// <summary>Losses this library leaves out.</summary>
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["CTC"] = "not offered: alignment of unaligned sequences",
        ["Circle"] = "not offered: metric learning over pairs in a batch",
    };

    public static IEnumerable<ITheoryDataRow> Rows => OracleCase.Rows(Cases.Where(c => !Excluded.ContainsKey(c.Name)));

    private static IEnumerable<OracleCase> Cases => OracleCase.In("keras_cases.json").Where(c => c.Area == "loss");

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_loss_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = Cases.Single(c => c.Id == id);
        var loss = LossJson.Read(KerasArguments.Config(c));
        c.Check(Tensors.ToArray(loss.Compute(Input(c, "y_true")!, Input(c, "y_pred")!, weights: Input(c, "sample_weight"), mask: Input(c, "mask"))));
    }

    [Fact]
    public void Only_losses_without_a_class_are_left_out()
    {
        ReferenceData.Path("oracles");
        Cases.Select(c => c.Name).Where(Excluded.ContainsKey).Distinct().Should().BeEquivalentTo(Excluded.Keys);
        Excluded.Keys.Should().NotContain(name => TrainingTypes.LossOf(name) != null);
    }

    private static torch.Tensor? Input(OracleCase c, string name) => c.Entry.GetProperty("inputs").TryGetProperty(name, out var value) ? KerasArguments.Tensor(value) : null;
}
