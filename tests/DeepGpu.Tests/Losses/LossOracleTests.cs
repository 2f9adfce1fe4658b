using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for losses.</summary>
public class LossOracleTests
{
    public static IEnumerable<ITheoryDataRow> Rows => OracleCase.Rows(OracleCase.In("keras_cases.json").Where(c => c.Area == "loss"));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_loss_gives_Kerass_numbers(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = OracleCase.Find(id);
        var loss = LossJson.Read(KerasArguments.Config(c));
        c.Check(Tensors.ToArray(loss.Compute(Input(c, "y_true")!, Input(c, "y_pred")!,
            weights: Input(c, "sample_weight"), mask: Input(c, "mask"))));
    }

    private static torch.Tensor? Input(OracleCase c, string name)
        => c.Entry.GetProperty("inputs").TryGetProperty(name, out var value) ? KerasArguments.Tensor(value) : null;
}
