using System.Collections.Immutable;
using System.Reflection;
using DeepGpu.Models;
using DeepGpu.Models.Registry;

namespace DeepGpu.Tests.Training;

/// <summary>Every loss, metric and optimizer is made by a method of its name, which has every option of the class.</summary>
public class FactoryTests
{
    private static readonly object[] Values =
    [
        true, 3, 0.25, "a name", ImmutableArray.Create("bias"), ImmutableArray.Create(new LayerRate("dense", 0.5)),
        (LearningRateSchedule)0.125, new List<int> { 0 }, new List<double> { 0.25 },
    ];

    public static TheoryData<Type, Type> Classes
    {
        get
        {
            var data = new TheoryData<Type, Type>();
            foreach (var root in new[] { typeof(Loss), typeof(Metric), typeof(Optimizer) })
            {
                var types = root.Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(root) && !type.IsAbstract);
                foreach (var type in types) data.Add(root, type);
            }

            return data;
        }
    }

    [Fact]
    public void Only_what_wraps_others_has_no_method()
        => Classes.Select(row => row.Data.Item2).Where(type => !HasMethod(type))
            .Should().BeEquivalentTo([typeof(LossMetric), typeof(LossScaleOptimizer)]);

    [Theory, MemberData(nameof(Classes))]
    public void A_class_has_a_method_with_its_defaults(Type root, Type type)
    {
        if (!HasMethod(type)) return; // the test above says which
        var method = Method(root, type);
        var made = Made(method, []);
        made.Should().BeOfType(type);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var expected = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, null))]);
        foreach (var option in Options(type))
        {
            option.GetValue(made).Should().BeEquivalentTo(option.GetValue(expected), "{0} is not given", option.Name);
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void Every_option_reaches_the_object(Type root, Type type)
    {
        if (!HasMethod(type)) return; // the test above says which
        var method = Method(root, type);
        var plain = Made(method, []);
        foreach (var option in Options(type))
        {
            var value = Value(option.PropertyType, option.GetValue(plain));
            var made = Made(method, new() { [Parameter(method, option.Name).Name!] = value });
            option.GetValue(made).Should().BeEquivalentTo(value, "{0}.{1} is given", type.Name, option.Name);
        }
    }

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("LogCoshError")]
    [InlineData("SparseCategoricalCrossentropy")]
    [InlineData("KLDivergence")]
    public void A_loss_that_is_a_metric_in_Keras_has_a_method_for_its_mean(string metric)
    {
        var method = typeof(Metric).GetMethods().Single(m => m.Name == metric && m.IsStatic);
        Made(method, []).Should().BeOfType<LossMetric>();
        ((Metric)Made(method, new() { ["name"] = "m" })).Name.Should().Be("m");
    }

    private static bool HasMethod(Type type) => type.GetCustomAttribute<KerasClassAttribute>()?.HasMethod != false;

    private static MethodInfo Method(Type root, Type type)
    {
        var name = type.GetCustomAttribute<KerasClassAttribute>()?.Method ?? type.Name;
        return root.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Single(method => method.Name == name);
    }

    private static IEnumerable<PropertyInfo> Options(Type type)
        => type.GetProperties().Where(property => property.SetMethod?.IsPublic == true);

    private static ParameterInfo Parameter(MethodInfo method, string option)
        => method.GetParameters().Single(parameter => parameter.Name!.Equals(option, StringComparison.OrdinalIgnoreCase));

    private static object Made(MethodInfo method, Dictionary<string, object?> given)
    {
        object? Argument(ParameterInfo parameter) => given.TryGetValue(parameter.Name!, out var value) ? value
            : parameter.HasDefaultValue ? Type.Missing : Value(parameter.ParameterType, null);
        return method.Invoke(null, BindingFlags.OptionalParamBinding, null, [.. method.GetParameters().Select(Argument)], null)!;
    }

    /// <summary>A value of a type that is not another.</summary>
    private static object Value(Type type, object? other)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().First(value => !value.Equals(other));
        if (other is < 0.0) return -0.25;
        return type == typeof(bool) && true.Equals(other) ? false : Values.First(type.IsInstanceOfType);
    }
}
