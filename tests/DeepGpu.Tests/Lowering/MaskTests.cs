using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Layers;

/// <summary>How masks act in merges and travel through layers, as Keras 3's layers do it.</summary>
public class MaskTests
{
    private static readonly float[] First = [1, 2, 3, 4];
    private static readonly float[] Second = [5, -6, 7, -8];

    [Theory]
    [InlineData("Add", new float[] { 6, -4, 10, -4 }, new[] { true, true, true, false })]
    [InlineData("Subtract", new float[] { -4, 8, -4, 12 }, new[] { true, true, true, false })]
    [InlineData("Average", new float[] { 3, -2, 5, -2 }, new[] { true, true, true, false })]
    [InlineData("Multiply", new float[] { 5, 2, 7, 0 }, new[] { true, true, true, false })]
    [InlineData("Maximum", new float[] { 5, 2, 7, 4 }, new[] { true, true, true, false })]
    [InlineData("Minimum", new float[] { 1, 2, 7, 4 }, new[] { true, true, true, false })]
    public void Merges_leave_masked_steps_out(string name, float[] values, bool[] mask)
    {
        using var scope = torch.NewDisposeScope();
        Layer layer = name switch
        {
            "Add" => new Add(),
            "Subtract" => new Subtract(),
            "Average" => new Average(),
            "Multiply" => new Multiply(),
            "Maximum" => new Maximum(),
            _ => new Minimum()
        };
        using var run = new LayerRun(layer, [new Shape(null, 4, 1), new Shape(null, 4, 1)]);
        var output = run.Run([Signal(First, true, true, false, false), Signal(Second, true, false, true, false)])[0];
        output.Tensor.data<float>().ToArray().Should().Equal(values);
        output.Mask!.data<bool>().ToArray().Should().Equal(mask);
        run.Run([Signal(First, true, true, false, false), new(torch.tensor(Second).reshape(1, 4, 1))])[0].Mask.Should().BeNull();
    }

    [Fact]
    public void Joined_sequences_join_their_masks()
    {
        using var scope = torch.NewDisposeScope();
        using var run = new LayerRun(new Concatenate(1), [new Shape(null, 4, 1), new Shape(null, 4, 1)]);
        var output = run.Run([Signal(First, true, true, false, false), new(torch.tensor(Second).reshape(1, 4, 1))])[0];
        output.Mask!.data<bool>().ToArray().Should().Equal(true, true, false, false, true, true, true, true);
    }

    [Fact]
    public void A_mask_travels_from_the_embedding_through_dropout_and_dense_to_the_pooling()
    {
        var spec = Sequential.Input(4).Embedding(5, 3, maskZero: true).Dropout(0.5).Dense(2, Activation.Tanh)
            .GlobalAveragePooling1D().Build();
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        var padded = model.Predict(NDArray.From<long>([2, 4, 0, 0], 1, 4)).ToArray<float>();
        var other = model.Predict(NDArray.From<long>([0, 2, 0, 4], 1, 4)).ToArray<float>();
        padded.Zip(other).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        model.Predict(NDArray.From<long>([2, 4, 1, 1], 1, 4)).ToArray<float>().Should().NotEqual(padded);
    }

    private static Signal Signal(float[] values, params bool[] mask)
        => new(torch.tensor(values).reshape(1, 4, 1), torch.tensor(mask).reshape(1, 4));
}
