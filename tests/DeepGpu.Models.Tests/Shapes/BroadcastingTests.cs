namespace DeepGpu.Models.Tests;

/// <summary>Common shapes by Keras's two rules. base_merge.py: merging layers keep an axis open that is open in one input, and agree on the
/// batch. operation_utils.py, broadcast_shapes: a known length wins over an open one.</summary>
public class BroadcastingTests
{
    private static readonly int?[] OpenSteps = [null, null, 4];

    public static TheoryData<int?[], int?[], int?[]> Merged => new()
    {
        { [null, 3, 4], [null, 3, 4], [null, 3, 4] },
        { [null, 3, 4], [null, 1, 4], [null, 3, 4] },
        { [null, 3, 4], [null, 4], [null, 3, 4] },
        { OpenSteps, [null, 3, 4], OpenSteps },
        { OpenSteps, [null, 1, 4], OpenSteps },
        { [5, 3], [null, 3], [5, 3] },
        { [5, 1], [5, 3], [5, 3] },
    };

    public static TheoryData<int?[], int?[], int?[]> Operands => new()
    {
        { [null, 3, 4], [null, 3, 4], [null, 3, 4] },
        { OpenSteps, [null, 3, 4], [null, 3, 4] },
        { OpenSteps, [null, 1, 4], OpenSteps },
        { [null, 3, 4], [4], [null, 3, 4] },
        { [7, 1, 4], [3, 1], [7, 3, 4] },
        { [5, 3], [null, 3], [5, 3] },
    };

    [Theory, MemberData(nameof(Merged))]
    public void A_merging_layer_keeps_an_open_axis_open(int?[] left, int?[] right, int?[] common)
    {
        foreach (Layer layer in (Layer[])[new Add(), new Multiply(), new Maximum(), new Subtract()])
        {
            layer.OutputShapes([new(left), new(right)]).Should().Equal([new Shape(common)], layer.ClassName);
            layer.OutputShapes([new(right), new(left)]).Should().Equal([new Shape(common)], layer.ClassName);
        }
    }

    [Theory, MemberData(nameof(Operands))]
    public void An_operation_knows_an_axis_that_one_operand_knows(int?[] left, int?[] right, int?[] common)
    {
        foreach (var name in (string[])["Add", "Multiply", "Greater"])
        {
            new TensorFunction(name).OutputShapes([new(left), new(right)]).Should().Equal([new Shape(common)], name);
            new TensorFunction(name).OutputShapes([new(right), new(left)]).Should().Equal([new Shape(common)], name);
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 7)]
    public void Merged_inputs_have_one_batch_size(int first, int second)
    {
        var merge = () => new Add().OutputShapes([new Shape(first, 3), new Shape(second, 3)]);
        merge.Should().Throw<ShapeException>().Which.Message.Should().Contain("one batch size");
    }

    [Fact]
    public void Lengths_that_differ_and_are_not_1_are_refused_by_both()
    {
        Shape[] inputs = [new(null, 3, 4), new(null, 2, 4)];
        ((Layer[])[new Add(), new TensorFunction("Add")]).Should().AllSatisfy(layer =>
            layer.Invoking(l => l.OutputShapes(inputs)).Should().Throw<ShapeException>().WithMessage("*broadcast to one another*"));
    }
}
