using System.Text.Json;

namespace DeepGpu.Models.HuggingFace;

/// <summary>Reads checked values from a config.json.</summary>
internal sealed class ConfigReader(JsonElement root, string family)
{
    private const long Largest = 1 << 30;
    private const int LongestList = 64;

    public string Family => family;

    /// <summary>Whether the head that only pretraining uses is asked for, whatever the file says.</summary>
    public bool WantsWords { get; init; }

    /// <summary>The whole number, at least 1, under the first of the names that is there.</summary>
    public int Number(params string[] names) => Optional(names) ?? throw Missing(names);

    /// <summary>That number; null where no name is there or its value is null.</summary>
    public int? Optional(params string[] names) => Whole(1, names);

    /// <summary>A whole number, at least 0.</summary>
    public int Count(string name, int otherwise) => Whole(0, name) ?? otherwise;

    /// <summary>That number; null where the name is not there or its value is null.</summary>
    public int? Whole(string name) => Whole(0, name);

    public bool Flag(string name, bool otherwise = false) => Find(name) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Bad(name, "true or false", value),
    };

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad(name, "a text", value);

    public double? Real(string name) => Number(name, "a number above 0", number => number > 0);

    /// <summary>A share from 0 up to 1.</summary>
    public double? Share(string name) => Number(name, "a number from 0 up to 1", number => number is >= 0 and < 1);

    /// <summary>A finite number of any sign; null where there is none.</summary>
    public double? Any(string name) => Number(name, "a number", _ => true);

    /// <summary>The numbers above 0 of a list; null where there is none.</summary>
    public IReadOnlyList<double>? Reals(string name)
        => List(name, "numbers above 0", item => Finite(item) is > 0 and var number ? number : (double?)null);

    /// <summary>The texts of a list; null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(e => e.GetString()!)] : throw Bad(name, "a list of texts", value);

    /// <summary>The whole numbers of a list, each at least 1; null where there is none.</summary>
    public IReadOnlyList<int>? Numbers(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > LongestList)
            throw Bad(name, "a list of numbers", value);
        return [.. value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var number)
            && number is >= 1 and <= (int)Largest ? number : throw Bad(name, $"a list of whole numbers from 1 to {Largest}", value))];
    }

    /// <summary>A number for each of several parts: one for all, or a list of as many.</summary>
    public IReadOnlyList<int> Each(string name, int count, int otherwise)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } list) return [.. Enumerable.Repeat(Optional(name) ?? otherwise, count)];
        return Numbers(name) is { } numbers && numbers.Count == count ? numbers : throw Bad(name, $"one number or a list of {count}", list);
    }

    /// <summary>How many members an object or a list has; null where there is none.</summary>
    public int? Members(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Count(),
        JsonValueKind.Array => value.GetArrayLength(),
        _ => throw Bad(name, "a list or an object", value),
    };

    /// <summary>A part of the file; the whole where the part is not there.</summary>
    public ConfigReader Part(string name) => Find(name) is not { } value ? this
        : value.ValueKind == JsonValueKind.Object ? new(value, family) : throw Bad(name, "an object", value);

    /// <summary>The same file, of which the head that only pretraining uses is asked for.</summary>
    public ConfigReader ForWords() => new(root, family) { WantsWords = true };

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether a name is there with the value null.</summary>
    public bool IsNull(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Whether one of the names under "architectures" ends so.</summary>
    public bool IsFor(string ending)
        => Texts("architectures") is { } names && names.Any(name => name.EndsWith(ending, StringComparison.Ordinal));

    private JsonElement? Find(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value
        : null;

    private int? Whole(int minimum, params string[] names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not { } value) continue;
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) && whole >= minimum && whole <= Largest
                ? (int)whole : throw Bad(name, $"a whole number from {minimum} to {Largest}", value);
        }

        return null;
    }

    private ModelFormatException Missing(string[] names) => new(new(
        "config_key_missing", $"A config.json of model_type '{family}' must have '{string.Join("' or '", names)}',", "but has not.",
        "Pass the whole config.json that lies beside the model's weights."), entry: names[0]);

    /// <summary>The whole numbers, at least 0, of a list; null where there is none.</summary>
    public IReadOnlyList<int>? Wholes(string name) => List(name, "whole numbers",
        item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= 0 ? number : (int?)null);

    private double? Number(string name, string range, Func<double, bool> isIn) => Find(name) is not { } value ? null
        : Finite(value) is { } number && isIn(number) ? number : throw Bad(name, range, value);

    private IReadOnlyList<T>? List<T>(string name, string items, Func<JsonElement, T?> read) where T : struct
    {
        if (Find(name) is not { } value) return null;
        T?[] list = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(read)] : [null];
        return list.Contains(null) ? throw Bad(name, $"a list of {items}", value) : [.. list.Select(item => item!.Value)];
    }

    private static double? Finite(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A value that is read but not one that the family's layers are described with.</summary>
    public ModelFormatException NotDescribed(string name, string range) => Bad(name, range, root.GetProperty(name));

    public ModelFormatException Uneven(string name, int count) => Bad(name, $"a list of {count}", Find(name)!.Value);

    public ModelFormatException Bad(string name, string range, JsonElement value) => new(new(
        "config_value", $"In a config.json of model_type '{family}' '{name}' must be {range},",
        $"but is {StrictJson.Printable(value.GetRawText())}.", "Correct the value, or pass the file as it was published."), entry: name);
}
