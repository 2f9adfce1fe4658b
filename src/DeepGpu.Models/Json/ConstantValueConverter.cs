using System.Text.Json;

namespace DeepGpu.Models.Json;

/// <summary>A constant as Keras writes it: a number; an array as the object that stands for one of NumPy's. A nested list
/// is read too.</summary>
internal sealed class ConstantValueConverter : ElementConverter<ConstantValue>
{
    protected override ConstantValue Of(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Number) return root.GetDouble();
        return Array(IsArrayObject(root) ? root.GetProperty("config").GetProperty("value") : root);
    }

    public override void Write(Utf8JsonWriter writer, ConstantValue value, JsonSerializerOptions options)
    {
        if (value.Shape.IsEmpty) writer.WriteNumberValue(value.Numbers[0]);
        else WriteArray(writer, value);
    }

    private static void WriteArray(Utf8JsonWriter writer, ConstantValue value)
    {
        writer.WriteStartObject();
        writer.WriteString("class_name", "__numpy__");
        writer.WriteStartObject("config");
        writer.WritePropertyName("value");
        WriteAxis(writer, value.Numbers.AsSpan(), value.Shape.AsSpan());
        writer.WriteString("dtype", "float64");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static bool IsArrayObject(JsonElement root)
        => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("class_name", out var name)
            && name.GetString() is "__numpy__" or "__tensor__";

    private static ConstantValue Array(JsonElement root)
    {
        var shape = new List<int>();
        for (var axis = root; IsList(axis); axis = axis[0]) shape.Add(axis.GetArrayLength());
        if (shape.Count == 0 && root.ValueKind != JsonValueKind.Number)
            throw new JsonException("A number or an array of numbers is needed.");
        var numbers = new List<double>();
        Collect(root, [.. shape], numbers);
        return new([.. numbers], [.. shape]);
    }

    private static bool IsList(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0;

    private static void Collect(JsonElement element, ReadOnlySpan<int> shape, List<double> numbers)
    {
        if (shape.IsEmpty) numbers.Add(element.GetDouble());
        else if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[0])
            throw new JsonException("The lists of an array must be equally long.");
        else foreach (var item in element.EnumerateArray()) Collect(item, shape[1..], numbers);
    }

    private static void WriteAxis(Utf8JsonWriter writer, ReadOnlySpan<double> numbers, ReadOnlySpan<int> shape)
    {
        if (shape.IsEmpty)
        {
            writer.WriteNumberValue(numbers[0]);
            return;
        }

        var each = numbers.Length / shape[0];
        writer.WriteStartArray();
        for (var i = 0; i < shape[0]; i++) WriteAxis(writer, numbers.Slice(i * each, each), shape[1..]);
        writer.WriteEndArray();
    }
}
