using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>What files hold of quantised layers.</summary>
public class QuantizedFileTests
{
    [Theory]
    [InlineData(".keras")]
    [InlineData(".weights.h5")]
    [InlineData(".h5")]
    [InlineData(".dgpu")]
    [InlineData(".safetensors")]
    public void Files_hold_the_whole_numbers(string ending)
    {
        foreach (var quantization in QuantizationTests.Modes.Append(new Float8Quantization { AmaxHistoryLength = 4 }))
        {
            using var model = QuantizationTests.Spec.ToModel(Device.Cpu, seed: 1);
            model.Quantize(quantization);
            var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ending);
            try
            {
                model.Save(path);
                using var other = ModelFile.IsModel(path) ? Model.Load(path, Device.Cpu) : model.Spec.ToModel(Device.Cpu, seed: 2);
                if (!ModelFile.IsModel(path)) other.LoadWeights(path).IsComplete.Should().BeTrue();
                other.Spec.ToJson().Should().Be(model.Spec.ToJson());
                foreach (var (wanted, actual) in model.Weights.Zip(other.Weights)) actual.ToArray().Bytes.ToArray()
                    .Should().Equal(wanted.ToArray().Bytes.ToArray());
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    [Theory]
    [MemberData(nameof(QuantizationTests.ModeRows), MemberType = typeof(QuantizationTests))]
    public void Kerass_files_hold_the_sum_with_low_rank_matrices_quantised_again(int mode)
    {
        using var model = Sequential.Input(5).Dense(3, name: "d").Build().ToModel(Device.Cpu, seed: 1);
        var (kernel, a, b) = (Grid.Random(1, 5, 3), Grid.Random(2, 5, 2), Grid.Random(3, 2, 3));
        model.Weights[0].Load(QuantizationTests.Single(kernel));
        model.EnableLora(2, 3);
        model.Quantize(QuantizationTests.Modes[mode]);
        model.Weights.Single(weight => weight.Name == "d/lora_kernel_a").Load(QuantizationTests.Single(a));
        model.Weights.Single(weight => weight.Name == "d/lora_kernel_b").Load(QuantizationTests.Single(b));
        var (_, values) = new QuantizationReference("ab,bc->ac", new Grid(1, 5), kernel, QuantizationTests.Modes[mode]).Kernel();
        var sum = new Grid(5, 3);
        foreach (var at in Grid.Places(5,
            3)) sum[at] = (float)values[at[0] * 3 + at[1]] + (float)(1.5 * (a[at[0], 0] * b[0, at[1]] + a[at[0], 1] * b[1, at[1]]));
        var (_, merged) = new QuantizationReference("ab,bc->ac", new Grid(1, 5), sum, QuantizationTests.Modes[mode]).Kernel();
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".keras");
        try
        {
            model.Save(path);
            using var read = Model.Load(path, Device.Cpu);
            using var scope = torch.NewDisposeScope();
            var values2 = ((LiveWeight[])[.. read.Weights]).ToDictionary(weight => weight.Name, weight => weight.ToArray());
            var node = AdaptableLayers.Of(read.Spec).Single();
            var stored = MatrixQuantizer.Dequantize(QuantizedNames.Read(node, name => values2[name]), node.Form,
                QuantizationTests.Modes[mode]);
            foreach (var (actual, wanted) in stored.Zip(merged)) actual.Should().BeApproximately(wanted, 1e-5f);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
