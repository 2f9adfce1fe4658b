using System.Reflection;
using System.Text.Json;
using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Arguments of recorded calls of Keras as this library's objects.</summary>
internal static class KerasArguments
{
    private static readonly string[] Ignored = ["name", "dtype"];

    /// <summary>An array, a nested list, a number or nothing as a tensor; numbers with a fraction in single precision.</summary>
    public static torch.Tensor? Tensor(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => Tensors.From(OracleCase.Array(element), torch.CPU),
        _ => Tensors.From(Nested(element), torch.CPU),
    };

    /// <summary>An object of a type with every option of a constructor's keywords set; an option that it lacks is a failure.</summary>
    public static T Create<T>(Type type, JsonElement config)
    {
        var made = (T)Activator.CreateInstance(type)!;
        foreach (var option in config.EnumerateObject().Where(option => !Ignored.Contains(option.Name))) Set(made, option.Name, option.Value);
        return made;
    }

    private static void Set(object made, string name, JsonElement value)
    {
        var property = made.GetType().GetProperty(name.Replace("_", "", StringComparison.Ordinal), BindingFlags.IgnoreCase | BindingFlags.Instance | BindingFlags.Public)
            ?? throw new InvalidOperationException($"{made.GetType().Name} has no option '{name}'.");
        if (value.ValueKind != JsonValueKind.Null || property.PropertyType.IsEnum) property.SetValue(made, Value(value, property.PropertyType));
    }

    private static object Value(JsonElement value, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } e => Enum.Parse(e, value.ValueKind == JsonValueKind.Null ? "None" : value.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        var t when t == typeof(bool) => value.GetBoolean(),
        var t when t == typeof(int) => value.GetInt32(),
        var t when t == typeof(double) => value.GetDouble(),
        var t when t == typeof(IReadOnlyList<int>) => OracleCase.Numbers(value).Select(n => (int)n).ToArray(),
        var t when t == typeof(IReadOnlyList<double>) => OracleCase.Numbers(value),
        var t => throw new InvalidOperationException($"No form of {t.Name} is known."),
    };

    private static NDArray Nested(JsonElement element)
    {
        var shape = new List<int>();
        for (var e = element; e.ValueKind == JsonValueKind.Array; e = e[0]) shape.Add(e.GetArrayLength());
        var numbers = OracleCase.Numbers(element);
        return numbers.All(double.IsInteger)
            ? NDArray.From<long>([.. numbers.Select(n => (long)n)], [.. shape])
            : NDArray.From<float>([.. numbers.Select(n => (float)n)], [.. shape]);
    }
}
