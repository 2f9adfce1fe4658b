using System.Collections.Immutable;
using System.Reflection;
using DeepGpu.Models.Registry;
using DeepGpu.Models.Tests.Layers;

namespace DeepGpu.Models.Tests.Builders;

/// <summary>Every layer that takes values of a graph is there as a fluent call, with every option of the layer.</summary>
public class FluentLayerTests
{
    /// <summary>One value of each type that a fluent call needs.</summary>
    private static readonly object[] Needed =
    [
        2, 0.5, "abc,cd->abd", ImmutableArray.Create(0.75), ImmutableArray.Create<int?>(null, 5), new Extent(2), new FactorRange(1, 1),
        new Axes(1), Activation.Relu, new GRU(3), new Dense(3), new LSTMCell(3),
    ];

    private static readonly SymbolicTensor Input = Sequential.Input(6, 5, 4);

    /// <summary>All but those that no value of a graph is put into by themselves: where data enters, models, cells, which need states, and
    /// functions, whose arguments are values and numbers in any order.</summary>
    public static TheoryData<Type> Layers => [.. typeof(Layer).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && !type.IsSubclassOf(typeof(RecurrentCell)))
        .Except([typeof(InputLayer), typeof(NestedModel), typeof(TensorFunction), typeof(OnnxOperation)])];

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_has_a_fluent_method(Type layer)
        => Methods(layer).Should().ContainSingle(method => Options(layer).All(option => Parameter(method, option.Name) != null),
            "one method of that name has every option of {0}", layer.Name);

    [Theory, MemberData(nameof(Layers))]
    public void With_what_is_needed_alone_it_makes_the_layer_with_its_defaults(Type layer)
    {
        var method = Full(layer);
        var constructor = layer.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var expected = constructor.Invoke(BindingFlags.OptionalParamBinding, null,
            [.. constructor.GetParameters().Select(p => p.HasDefaultValue ? Type.Missing : Value(p))], null);
        Made(method, []).Should().Be(expected);
    }

    [Theory, MemberData(nameof(Layers))]
    public void Every_option_reaches_the_layer(Type layer)
    {
        var (method, plain) = (Full(layer), Made(Full(layer), []));
        foreach (var option in Options(layer))
        {
            var (value, expected) = Changed(plain, option);
            var given = new Dictionary<string, object?> { [Parameter(method, option.Name)!.Name!] = value };
            Made(method, given).Should().Be(expected, "{0}.{1} is given", layer.Name, option.Name);
        }
    }

    [Fact]
    public void What_ends_in_a_list_takes_its_values_one_by_one()
    {
        Layer Last(SymbolicTensor value) => value.Call.Layer;
        Last(Input.Reshape(5, -1)).Should().Be(new Reshape([5, -1]));
        Last(Input.Permute(3, 1, 2)).Should().Be(new Permute([3, 1, 2]));
        Last(Input.Rescaling(0.5, 2, 3, 4)).Should().Be(new Rescaling([0.5, 2, 3, 4]));
        Input.Concatenate(Input, Input).Call.Inputs.Should().HaveCount(3);
        Input.HashedCrossing(7, Input).Call.Layer.Should().Be(new HashedCrossing(7));
    }

    private static IEnumerable<MethodInfo> Methods(Type layer)
    {
        var name = layer.GetCustomAttribute<KerasClassAttribute>()?.Method ?? layer.Name;
        return typeof(FluentLayers).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == name);
    }

    private static MethodInfo Full(Type layer) => Methods(layer).MaxBy(method => method.GetParameters().Length)!;

    private static IEnumerable<PropertyInfo> Options(Type layer)
        => layer.GetProperties().Where(property => property.SetMethod?.IsPublic == true);

    private static ParameterInfo? Parameter(MethodInfo method, string option)
        => method.GetParameters().SingleOrDefault(parameter => parameter.Name!.Equals(option, StringComparison.OrdinalIgnoreCase));

    /// <summary>A value that the layer allows, other than what it has, and the layer with it.</summary>
    private static (object? Value, Layer Layer) Changed(Layer layer, PropertyInfo option)
    {
        var values = option.PropertyType == typeof(string) ? ["b", "xyz,zv->xyv"] : LayerOptions.ValuesFor(option.PropertyType);
        return values.Select(value => ((object?)value, LayerOptions.With(layer, option, value)!))
            .First(pair => pair.Item2 is not null && !pair.Item2.Equals(layer));
    }

    private static Layer Made(MethodInfo method, Dictionary<string, object?> given)
    {
        object? Argument(ParameterInfo parameter) => given.TryGetValue(parameter.Name!, out var value) ? value
            : parameter.HasDefaultValue ? Type.Missing : Value(parameter);
        object?[] arguments = [.. method.GetParameters().Select(Argument)];
        return ((SymbolicTensor)method.Invoke(null, BindingFlags.OptionalParamBinding, null, arguments, null)!).Call.Layer;
    }

    private static object Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(SymbolicTensor) => Input,
        var type when type == typeof(IEnumerable<SymbolicTensor>) => new[] { Input },
        _ when parameter.Name == "numKeyValueHeads" => 1, // a divisor of the other heads
        var type => Needed.Concat(LayerOptions.ValuesFor(type)).First(type.IsInstanceOfType),
    };
}
