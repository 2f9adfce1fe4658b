using System.Collections.Concurrent;
using System.Text.Json;

namespace DeepGpu.Testing;

/// <summary>One reference case: what was given to a function of Keras, and the numbers it must yield.</summary>
public sealed class OracleCase(JsonElement entry)
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<OracleCase>> Files = new();

    /// <summary>A short name, unique in its file.</summary>
    public string Id { get; } = entry.GetProperty("id").GetString()!;

    /// <summary>What kind of function it is, e.g. "layer/conv"; null in a file without areas.</summary>
    public string? Area { get; } = entry.TryGetProperty("area", out var area) ? area.GetString() : null;

    /// <summary>The class or function, e.g. "Conv2D".</summary>
    public string Name { get; } = entry.GetProperty("name").GetString()!;

    /// <summary>The whole case.</summary>
    public JsonElement Entry { get; } = entry;

    /// <summary>The positional arguments: {"args": [...]} or the list itself.</summary>
    public IReadOnlyList<JsonElement> Arguments
        => [.. (Inputs.ValueKind == JsonValueKind.Array ? Inputs : Inputs.GetProperty("args")).EnumerateArray()];

    /// <summary>The named arguments of the call.</summary>
    public IReadOnlyDictionary<string, JsonElement> Keywords
        => (Entry.TryGetProperty("call_kwargs", out var k)
            || Inputs.ValueKind == JsonValueKind.Object && Inputs.TryGetProperty("kwargs", out k))
            ? k.EnumerateObject().ToDictionary(p => p.Name, p => p.Value)
            : new Dictionary<string, JsonElement>();

    private JsonElement Inputs => Entry.GetProperty("inputs");

    /// <summary>Every case of a file in the folder of reference numbers; empty where there is no such folder.</summary>
    public static IReadOnlyList<OracleCase> In(string file)
        => ReferenceData.Root is { } root ? Files.GetOrAdd(Path.Combine(root, "oracles", file), Load) : [];

    /// <summary>The case of an id in either file; skips the test where there is no folder of reference numbers.</summary>
    public static OracleCase Find(string id)
    {
        ReferenceData.Path("oracles");
        return In("keras_cases.json").Concat(In("keras_run_cases.json")).Single(c => c.Id == id);
    }

    /// <summary>The ids of cases as rows of a theory; without the folder one row, whose case <see cref="Find"/> skips.</summary>
    public static IEnumerable<ITheoryDataRow> Rows(IEnumerable<OracleCase> cases)
    {
        var rows = cases.Select(c => (ITheoryDataRow)new TheoryDataRow<string>(c.Id)).ToList();
        if (rows.Count > 0) return rows;
        return ReferenceData.Root is null
            ? [new TheoryDataRow<string>("none")]
            : throw new InvalidOperationException("The folder of reference numbers has no case of this kind.");
    }

    /// <summary>Fails unless numbers equal the expected ones within the case's own tolerance.</summary>
    public void Check(NDArray actual) => Check(actual, Entry.GetProperty("expected"));

    /// <summary>Fails unless numbers equal some expected ones within the case's own tolerance.</summary>
    public void Check(NDArray actual, JsonElement expected)
    {
        var (atol, rtol) = (Tolerance("atol"), Tolerance("rtol"));
        var wanted = Numbers(expected);
        if (expected.ValueKind == JsonValueKind.Object)
            Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()), actual.Shape);
        var numbers = Doubles(actual);
        Assert.Equal(wanted.Length, numbers.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            var isClose = wanted[i].Equals(numbers[i]) || Math.Abs(wanted[i] - numbers[i]) <= atol + rtol * Math.Abs(wanted[i]);
            Assert.True(isClose, $"{Id}: element {i} is {numbers[i]:R} instead of {wanted[i]:R}, tolerance {atol} + {rtol} relative");
        }
    }

    /// <summary>An array as single precision; whole numbers and truth values keep their kind.</summary>
    public static NDArray Array(JsonElement element)
    {
        var shape = element.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()).ToArray();
        var numbers = Numbers(element);
        return element.GetProperty("dtype").GetString() switch
        {
            "bool" => NDArray.From<bool>([.. numbers.Select(n => n != 0)], shape),
            "int32" or "int64" => NDArray.From<long>([.. numbers.Select(n => (long)n)], shape),
            _ => NDArray.From<float>([.. numbers.Select(n => (float)n)], shape),
        };
    }

    /// <summary>The numbers of an array or the number itself.</summary>
    public static double[] Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.GetProperty("data").EnumerateArray().Select(Number)],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Numbers)],
        _ => [Number(element)],
    };

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => double.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        _ => element.GetDouble(),
    };

    private static double[] Doubles(NDArray array) => array.Type switch
    {
        DataType.Float64 => array.ToArray<double>(),
        DataType.Int64 => [.. array.ToArray<long>().Select(n => (double)n)],
        DataType.Bool => [.. array.ToArray<bool>().Select(b => b ? 1.0 : 0)],
        _ => [.. array.ToArray<float>().Select(f => (double)f)],
    };

    private static IReadOnlyList<OracleCase> Load(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(entry => new OracleCase(entry.Clone()))];
    }

    private double Tolerance(string key) => Entry.GetProperty("tolerance").TryGetProperty(key, out var value) ? value.GetDouble() : 0;
}
