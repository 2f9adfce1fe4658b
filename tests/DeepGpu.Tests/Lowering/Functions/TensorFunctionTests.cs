using DeepGpu.Models;

namespace DeepGpu.Tests.Layers;

/// <summary>Functions of tensors against plain loops, and their round trip through a file of Keras 3.</summary>
public sealed class TensorFunctionTests : IDisposable
{
    private const int Samples = 3;
    private const int Steps = 5;
    private const int Features = 4;

    private static readonly double[] Numbers = [.. Enumerable.Range(0, Samples * Steps * Features)
        .Select(i => Math.Round(Math.Sin(i * 1.7) * 2.5, 3))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static double X(int n, int t, int f) => Numbers[(n * Steps + t) * Features + f];

    public static IEnumerable<ITheoryDataRow> Each()
    {
        var x = FunctionArgument.Input(0);
        (TensorFunction Function, Func<int, int, int, double> Value)[] cases =
        [
            (new("Absolute"), (n, t, f) => Math.Abs(X(n, t, f))), (new("Square"), (n, t, f) => X(n, t, f) * X(n, t, f)),
                (new("Exp"), (n, t, f) => Math.Exp(X(n, t, f))),
            (new("Sign"), (n, t, f) => Math.Sign(X(n, t, f))), (new("Floor"), (n, t, f) => Math.Floor(X(n, t, f))),
                (new("Sin"), (n, t, f) => Math.Sin(X(n, t, f))),
            (new("Relu6"), (n, t, f) => Math.Clamp(X(n, t, f), 0, 6)), (new("Sigmoid"), (n, t, f) => 1 / (1 + Math.Exp(-X(n, t, f)))),
            (new("LeakyRelu", ("negative_slope", 0.3)), (n, t, f) => X(n, t, f) * (X(n, t, f) < 0 ? 0.3 : 1)),
                (new("Reciprocal"), (n, t, f) => 1 / X(n, t, f)),
            (new("Clip", ("x_min", -1.0), ("x_max", 0.5)), (n, t, f) => Math.Clamp(X(n, t, f), -1, 0.5)),
            (new("TrueDivide", ("x1", x), ("x2", 255.0)), (n, t, f) => X(n, t, f) / 255),
                (new("Subtract", ("x1", 1), ("x2", x)), (n, t, f) => 1 - X(n, t, f)),
            (new("Power", ("x1", 2.0), ("x2", x)), (n, t, f) => Math.Pow(2, X(n, t, f))),
                (new("Maximum", ("x1", x), ("x2", 0.25)), (n, t, f) => Math.Max(X(n, t, f), 0.25)),
            (new("Mod", ("x1", x), ("x2", 2.0)), (n, t, f) => X(n, t, f) - 2 * Math.Floor(X(n, t, f) / 2)),
                (new("FloorDivide", ("x1", x), ("x2", 0.7)), (n, t, f) => Math.Floor(X(n, t, f) / 0.7)),
            (new("Multiply", ("x1", x), ("x2", FunctionArgument.Array(new double[] { 1, 2, 3, 4 }))), (n, t, f) => X(n, t, f) * (f + 1)),
            (new("Add", ("x1", x), ("x2", FunctionArgument.List(0.5, 1.5, 2.5, 3.5))), (n, t, f) => X(n, t, f) + f + 0.5),
            (new("Softmax", ("axis", 1)), (n, t, f) => Math.Exp(X(n, t, f)) / Enumerable.Range(0, Steps).Sum(s => Math.Exp(X(n, s, f)))),
            (new("Normalize", ("axis", -1)), (n, t, f)
                => X(n, t, f) / Math.Sqrt(Enumerable.Range(0, Features).Sum(g => X(n, t, g) * X(n, t, g)))),
            (new("Flip", ("axis", 1)), (n, t, f) => X(n, Steps - 1 - t, f)),
                (new("Roll", ("shift", 2), ("axis", 1)), (n, t, f) => X(n, (t - 2 + Steps) % Steps, f)),
            (new("Cumsum", ("axis", 1)), (n, t, f) => Enumerable.Range(0, t + 1).Sum(s => X(n, s, f))),
            (new("Round", ("decimals", 1)), (n, t, f) => Math.Round(X(n, t, f), 1, MidpointRounding.ToEven)),
        ];
        return cases.Select(row => new TheoryDataRow<TensorFunction, Func<int, int, int,
            double>>(row.Function, row.Value)
        { TestDisplayName = row.Function.Function });
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_function_of_each_element_follows_its_formula(TensorFunction function, Func<int, int, int, double> value)
        => ShouldYield(function, [Steps, Features], index => value(index[0], index[1], index[2]));

    public static IEnumerable<ITheoryDataRow> Others()
    {
        var x = FunctionArgument.Input(0);
        IEnumerable<int> steps = Enumerable.Range(0, Steps), features = Enumerable.Range(0, Features);
        (TensorFunction Function, int[] Shape, Func<int[], double> Value)[] cases =
        [
            (new("Mean", ("axis", 1)), [Features], i => steps.Average(t => X(i[0], t, i[1]))),
            (new("Sum", ("axis", new[] { 1, 2 })), [], i => steps.Sum(t => features.Sum(f => X(i[0], t, f)))),
            (new("Max", ("axis", -1), ("keepdims", true)), [Steps, 1], i => features.Max(f => X(i[0], i[1], f))),
            (new("Min", ("axis", 1)), [Features], i => steps.Min(t => X(i[0], t, i[1]))),
            (new("Var", ("axis", 1)), [Features], i
                => steps.Average(t => Math.Pow(X(i[0], t, i[1]) - steps.Average(s => X(i[0], s, i[1])), 2))),
            (new("Std", ("axis", 2)), [Steps], i
                => Math.Sqrt(features.Average(f => Math.Pow(X(i[0], i[1], f) - features.Average(g => X(i[0], i[1], g)), 2)))),
            (new("Prod", ("axis", 2)), [Steps], i => features.Aggregate(1.0, (product, f) => product * X(i[0], i[1], f))),
            (new("Median", ("axis", 2)), [Steps], i => features.Select(f => X(i[0], i[1], f)).Order().Skip(1).Take(2).Average()),
            (new("Logsumexp", ("axis", 1)), [Features], i => Math.Log(steps.Sum(t => Math.Exp(X(i[0], t, i[1]))))),
            (new("Norm", ("ord", 1), ("axis", 2)), [Steps], i => features.Sum(f => Math.Abs(X(i[0], i[1], f)))),
            (new("Argmax", ("axis", 1)), [Features], i => steps.MaxBy(t => X(i[0], t, i[1]))),
            (new("Reshape", ("newshape", new[] { -1, Steps * Features })), [Steps * Features], i
                => X(i[0], i[1] / Features, i[1] % Features)),
            (new("Transpose", ("axes", new[] { 0, 2, 1 })), [Features, Steps], i => X(i[0], i[2], i[1])),
            (new("Swapaxes", ("axis1", 1), ("axis2", -1)), [Features, Steps], i => X(i[0], i[2], i[1])),
            (new("Moveaxis", ("source", 2), ("destination", 1)), [Features, Steps], i => X(i[0], i[2], i[1])),
            (new("ExpandDims", ("axis", 1)), [1, Steps, Features], i => X(i[0], i[2], i[3])),
            (new("GetItem", ("x", x), ("key", FunctionArgument.List(FunctionArgument.Slice(), -1))), [Features], i
                => X(i[0], Steps - 1, i[1])),
            (new("GetItem", ("x", x), ("key", FunctionArgument.List(FunctionArgument.Ellipsis, FunctionArgument.Slice(1, null, 2)))),
                [Steps, 2], i => X(i[0], i[1], 1 + 2 * i[2])),
            (new("GetItem", ("x", x), ("key",
                FunctionArgument.List(FunctionArgument.Slice(), FunctionArgument.Slice(-1, -4, -2), FunctionArgument.None))),
                [2, 1, Features],
                i => X(i[0], Steps - 1 - 2 * i[1], i[3])),
            (new("Repeat", ("repeats", 2), ("axis", 1)), [2 * Steps, Features], i => X(i[0], i[1] / 2, i[2])),
            (new("Tile", ("repeats", new[] { 1, 2, 1 })), [2 * Steps, Features], i => X(i[0], i[1] % Steps, i[2])),
            (new("Pad", ("pad_width", FunctionArgument.List(new[] { 0, 0 }, new[] { 1, 2 }, new[] { 0, 0 }))), [Steps + 3, Features],
                i => i[1] is >= 1 and <= Steps ? X(i[0], i[1] - 1, i[2]) : 0),
            (new("Pad", ("pad_width", FunctionArgument.List(new[] { 0, 0 }, new[] { 2, 0 }, new[] { 0, 0 })), ("mode", "reflect")),
                [Steps + 2, Features], i => X(i[0], Math.Abs(i[1] - 2), i[2])),
            (new("Concatenate", ("xs", FunctionArgument.List(x, x)), ("axis", 2)), [Steps, 2 * Features], i
                => X(i[0], i[1], i[2] % Features)),
            (new("Stack", ("x", FunctionArgument.List(x, x)), ("axis", 1)), [2, Steps, Features], i => X(i[0], i[2], i[3])),
            (new("Take", ("x", x), ("indices", FunctionArgument.List(3, 0)), ("axis", 1)), [2, Features], i
                => X(i[0], i[1] == 0 ? 3 : 0, i[2])),
            (new("Einsum", ("operands", FunctionArgument.List(x, x)), ("subscripts", "bif,bjf->bij")), [Steps, Steps], i
                => features.Sum(f => X(i[0], i[1], f) * X(i[0], i[2], f))),
            (new("OneHot", ("x", 1), ("num_classes", 3)), [], i => i[0] == 1 ? 1 : 0),
        ];
        return cases.SkipLast(1).Select(row => new TheoryDataRow<TensorFunction, int[], Func<int[],
            double>>(row.Function, row.Shape, row.Value)
        { TestDisplayName = row.Function.Function });
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_function_of_axes_follows_its_formula(TensorFunction function, int[] shape, Func<int[], double> value)
        => ShouldYield(function, shape, value);

    [Fact]
    public void Matmul_multiplies_sample_by_sample()
    {
        var input = Functional.Input(Steps, Features);
        var turned = input.Apply(new TensorFunction("Transpose", ("axes", new[] { 0, 2, 1 })));
        using var model = Functional.Model([input], [input.Apply(new TensorFunction("Matmul"), turned)]).ToModel(Device.Cpu);
        ShouldBe(model.Predict(Data()), [Steps, Steps], i => Enumerable.Range(0, Features).Sum(f => X(i[0], i[1], f) * X(i[0], i[2], f)));
        model.Spec.FlopsPerSample().Should().Be(2.0 * Steps * Steps * Features);
    }

    [Fact]
    public void Split_yields_the_parts()
    {
        var input = Functional.Input(Steps, Features);
        var parts = input.ApplyAll(new TensorFunction("Split", ("indices_or_sections", new[] { 1, 3 }), ("axis", 1)));
        using var model = Functional.Model([input], [.. parts]).ToModel(Device.Cpu);
        var outputs = model.Predict([Data()]);
        ShouldBe(outputs[0], [1, Features], i => X(i[0], 0, i[2]));
        ShouldBe(outputs[1], [2, Features], i => X(i[0], 1 + i[1], i[2]));
        ShouldBe(outputs[2], [2, Features], i => X(i[0], 3 + i[1], i[2]));
    }

    [Fact]
    public void Every_function_that_can_be_described_can_be_run() => FunctionTable.Names.Should().BeEquivalentTo(TensorFunctions.Names);

    [Fact]
    public void A_function_that_is_not_on_the_list_is_refused_with_the_list()
        => FluentActions.Invoking(() => new TensorFunction("Eval")).Should().Throw<DeepGpuArgumentException>().WithMessage("*Absolute*");

    [Fact]
    public void An_argument_that_a_function_does_not_have_is_refused()
        => FluentActions.Invoking(() => new TensorFunction("Mean", ("axes", 1))).Should().Throw<DeepGpuArgumentException>()
            .WithMessage("*keepdims*");

    public void Dispose() => _folder.Delete(recursive: true);

    private void ShouldYield(TensorFunction function, int[] shape, Func<int[], double> value)
    {
        var input = Functional.Input(Steps, Features);
        var spec = Functional.Model([input], [input.Apply(function)]);
        spec.Outputs[0].Shape.Axes.Skip(1).Should().Equal(shape.Select(length => (int?)length));
        using var model = spec.ToModel(Device.Cpu);
        ShouldBe(model.Predict(Data()), shape, value);
        var path = Path.Combine(_folder.FullName, "f.keras");
        model.Save(path);
        using var again = Model.Load(path, Device.Cpu);
        ShouldBe(again.Predict(Data()), shape, value);
    }

    private static void ShouldBe(NDArray output, int[] shape, Func<int[], double> value)
    {
        output.Shape.Should().Equal([Samples, .. shape]);
        var actual = output.Type == DataType.Int64 ? output.ToArray<long>().ToArray().Select(number => (double)number).ToArray()
            : output.ToArray<float>().ToArray().Select(number => (double)number).ToArray();
        for (var i = 0; i < actual.Length; i++) actual[i].Should()
            .BeApproximately(value(Index(i, output.Shape)), 1e-5 * Math.Max(1, Math.Abs(actual[i])));
    }

    private static int[] Index(int flat, IReadOnlyList<int> shape)
    {
        var index = new int[shape.Count];
        for (var axis = shape.Count - 1; axis >= 0; axis--) (index[axis], flat) = (flat % shape[axis], flat / shape[axis]);
        return index;
    }

    private static NDArray Data() => NDArray.From<float>([.. Numbers.Select(number => (float)number)], Samples, Steps, Features);
}
