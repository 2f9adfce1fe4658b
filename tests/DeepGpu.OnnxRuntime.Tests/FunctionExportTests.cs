using DeepGpu.Export;
using DeepGpu.Models;
using Argument = DeepGpu.Models.FunctionArgument;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>Functions of tensors in a graph, exported.</summary>
public class FunctionExportTests
{
    private static readonly Argument X = Argument.Input(0);

    private static readonly string[] Binary = ["Add", "Subtract", "Multiply", "Divide", "TrueDivide", "Power", "FloorDivide", "Mod",
        "Maximum",
        "Minimum", "Arctan2", "Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "LogicalXor"];

    private static readonly string[] Reductions = ["Mean", "Sum", "Prod", "Max", "Amax", "Min", "Amin", "Var", "Std", "Any", "All",
        "CountNonzero", "Median", "Logsumexp", "Norm"];

    /// <summary>Functions that take one value and no more.</summary>
    private static IEnumerable<string> Plain => FunctionRules.Names.Except(Binary).Except(Reductions).Except(["Reshape", "ExpandDims",
        "Swapaxes", "Moveaxis", "BroadcastTo", "Roll", "Repeat", "Tile", "Pad", "Concatenate", "Stack", "Take", "OneHot", "GetItem",
        "Split", "Unstack", "TopK", "Matmul", "Dot", "Tensordot", "Einsum", "Cast", "FullLike", "Where", "Transpose", "Squeeze",
        "DepthToSpace", "SpaceToDepth", "Resize"]);

    private static IEnumerable<TensorFunction> Cases =>
    [
        .. Plain.Select(name => new TensorFunction(name)),
        .. Binary.Select(name => new TensorFunction(name, ("x1", X), ("x2", Argument.Array(new double[] { 0.5, -1.3, 2, 1 })))),
        .. Binary.Select(name => new TensorFunction(name, ("x1", 2), ("x2", X))),
        .. Binary.Select(name => new TensorFunction(name, ("x1", X), ("x2", Argument.Input(1)))),
        .. Reductions.Select(name => new TensorFunction(name, ("axis", 1))),
        .. Reductions.Select(name => new TensorFunction(name, ("axis", new[] { 2, 1 }), ("keepdims", true))),
        new("Norm", ("ord", 1), ("axis", 2)), new("Norm", ("ord", "inf"), ("axis", 2)), new("Norm", ("ord", 3), ("axis", 2)),
        new("Argmax", ("axis", 1)), new("Argmin", ("axis", -1), ("keepdims", true)), new("Reshape", ("newshape", new[] { -1, 20 })),
        new("ExpandDims", ("axis", new[] { 1, -1 })), new("Squeeze", ("x", X), ("axis", Argument.None)),
        new("Transpose", ("axes", new[] { 0, 2, 1 })), new("Swapaxes", ("axis1", 1), ("axis2", -1)),
        new("Moveaxis", ("source", 2), ("destination", 1)), new("BroadcastTo", ("shape", new[] { 2, -1, 5, 4 })),
        new("Roll", ("shift", 2), ("axis", 1)), new("Roll", ("shift", -1), ("axis", 2)), new("Repeat", ("repeats", 2), ("axis", 1)),
        new("Repeat", ("repeats", new[] { 1, 0, 2, 3 }), ("axis", 2)), new("Tile", ("repeats", new[] { 1, 2, 3 })),
        new("Pad", ("x", X), ("pad_width", Argument.List(new[] { 0, 0 }, new[] { 1, 2 }, new[] { 0, 3 })), ("constant_values", 0.5)),
        new("Pad", ("pad_width", Argument.List(new[] { 0, 0 }, new[] { 2, 1 }, new[] { 0, 1 })), ("mode", "reflect")),
        new("Pad", ("pad_width", Argument.List(new[] { 0, 0 }, new[] { 2, 1 }, new[] { 0, 1 })), ("mode", "symmetric")),
        new("Concatenate", ("xs", Argument.List(X, Argument.Input(1))), ("axis", 2)),
        new("Stack", ("x", Argument.List(X, Argument.Input(1))), ("axis", 1)),
        new("Take", ("x", X), ("indices", Argument.List(3, 0, -1)), ("axis", 1)), new("OneHot", ("x", X), ("num_classes", 3)),
        new("OneHot", ("x", X), ("num_classes", 2), ("axis", 1)), new("GetItem", ("x", X), ("key", Argument.List(Argument.Slice(), -1))),
        new("GetItem", ("x", X), ("key", Argument.List(Argument.Ellipsis, Argument.Slice(1, null, 2)))),
        new("GetItem", ("x", X), ("key", Argument.List(Argument.Slice(), Argument.Slice(-1, -4, -2), Argument.None))),
        new("GetItem", ("x", X), ("key", Argument.List(Argument.Slice(), Argument.Slice(null, null, -1)))),
        new("Split", ("indices_or_sections", 2), ("axis", 2)), new("Split", ("indices_or_sections", new[] { 1, 3 }), ("axis", 1)),
        new("Unstack", ("num", 4), ("axis", 2)), new("TopK", ("k", 2)), new("Matmul", ("x1", X), ("x2", Argument.Input(2))),
        new("Dot", ("x1", X), ("x2", Argument.Array(new double[] { 1, 2, -1, 0.5 }))),
        new("Tensordot", ("x1", X), ("x2", Argument.List(Argument.List(1.5, 2.0), Argument.List(0.5, 1.0), Argument.List(-1.0, 1.0),
            Argument.List(3.0, 0.5))), ("axes", 1)),
        new("Einsum", ("operands", Argument.List(X, Argument.Input(1))), ("subscripts", "bif,bjf->bij")),
        new("Cast", ("dtype", "int32")), new("Cast", ("dtype", "bool")), new("FullLike", ("x", X), ("fill_value", 3.5)),
        new("Where", ("condition", Argument.Input(1)), ("x1", X), ("x2", 0.25)),
        new("Softmax", ("axis", new[] { 1, 2 })), new("LogSoftmax", ("axis", 1)), new("Sparsemax", ("axis", 1)), new("Glu", ("axis", 2)),
        new("Gelu", ("approximate", false)), new("Normalize", ("axis", 1), ("order", 1)), new("Round", ("decimals", 1)),
        new("Clip", ("x_min", -1.0), ("x_max", 0.5)), new("Cumsum", ("axis", 1)), new("Sort", ("axis", 1)), new("Flip", ("axis", 1)),
        new("LeakyRelu", ("negative_slope", 0.3)), new("Elu", ("alpha", 0.7)), new("Celu", ("alpha", 0.7)), new("Squareplus", ("b", 2)),
        new("Threshold", ("threshold", 0.4), ("default", -1)), new("SoftShrink", ("threshold", 0.3)), new("HardShrink", ("threshold", 0.3)),
    ];

    public static IEnumerable<ITheoryDataRow> Rows
        => Cases.Select((function, i) => new TheoryDataRow<int>(i) { TestDisplayName = $"{function.Function} {i}" });

    [Fact]
    public void Every_function_has_a_case() => FunctionRules.Names
        .Except(Cases.Select(c => c.Function)).Except(["DepthToSpace", "SpaceToDepth", "Resize"]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_function_computes_the_same(int index)
    {
        var function = Cases.ElementAt(index);
        Shape[] shapes = [new(null, 5, 4), new(null, 5, 4), new(null, 4, 3)];
        using var exported = Exported.Layer(function, shapes);
        NDArray[] inputs = [Numbers(1.7, 3, 5, 4), Numbers(2.3, 3, 5, 4), Numbers(0.9, 3, 4, 3)];
        Exported.Check(exported.Run(inputs, new NDArray?[3]), exported.Live(inputs, new NDArray?[3]));
    }

    [Theory]
    [InlineData("DepthToSpace", "channels_last", new[] { 3, 2, 5, 8 })]
    [InlineData("DepthToSpace", "channels_first", new[] { 3, 8, 2, 5 })]
    [InlineData("SpaceToDepth", "channels_last", new[] { 3, 4, 6, 2 })]
    [InlineData("SpaceToDepth", "channels_first", new[] { 3, 2, 4, 6 })]
    public void Blocks_of_pixels_move_to_channels_and_back(string name, string format, int[] shape)
    {
        using var exported = Exported.Layer(new TensorFunction(name, ("block_size", 2), ("data_format", format)),
            [new(shape.Select((n, axis) => axis == 0 ? (int?)null : n))]);
        Exported.Check(exported.Run([Numbers(1.7, shape)], [null]), exported.Live([Numbers(1.7, shape)], [null]));
    }

    [Theory]
    [InlineData("bilinear", false)]
    [InlineData("bicubic", true)]
    [InlineData("nearest", false)]
    public void Images_are_resized(string method, bool antialias)
    {
        var function = new TensorFunction("Resize", ("size", new[] { 3, 7 }), ("interpolation", method), ("antialias", antialias));
        using var exported = Exported.Layer(function, [new(null, 5, 4, 2)]);
        Exported.Check(exported.Run([Numbers(1.7, 3, 5, 4, 2)], [null]), exported.Live([Numbers(1.7, 3, 5, 4, 2)], [null]));
    }

    [Fact]
    public void What_ONNX_lacks_is_refused()
    {
        using var exported = Exported.Layer(new TensorFunction("Cumprod", ("axis", 1)), [new(null, 5)]);
        FluentActions.Invoking(() => exported.Run([Numbers(1, 3, 5)], [null])).Should().Throw<DeepGpuException>()
            .WithMessage("*(Cumprod) multiplies along an axis, for which ONNX has no operator.*");
    }

    private static NDArray Numbers(double turn, params int[] shape)
        => NDArray.From<float>([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (float)(Math.Sin(i * turn) * 2.5))],
            shape);
}
