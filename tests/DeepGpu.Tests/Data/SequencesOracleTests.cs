using System.Text.Json;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Data;

public class SequencesOracleTests
{
    public static IEnumerable<ITheoryDataRow> Cases
        => OracleCase.Rows(OracleCase.In("keras_cases.json").Where(c => c.Name == "pad_sequences"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_is_Kerass(string id)
    {
        var c = OracleCase.Find(id);
        var given = c.Keywords;
        var length = given.TryGetValue("maxlen", out var maxlen) ? maxlen.GetInt32() : (int?)null;
        var (padding, truncating) = (End(given, "padding"), End(given, "truncating"));
        var sequences = c.Arguments[0].EnumerateArray().Select(s => s.EnumerateArray().ToList()).ToList();
        if (sequences[0][0].ValueKind == JsonValueKind.String)
        {
            var expected = c.Entry.GetProperty("expected").GetProperty("strings")
                .EnumerateArray().Select(row => row.EnumerateArray().Select(s => s.GetString()!).ToArray());
            Sequences.Pad(sequences.Select(s => (IReadOnlyList<string>)[.. s.Select(e => e.GetString()!)]),
                given["value"].GetString()!, length, padding, truncating)
                .Should().BeEquivalentTo(expected, o => o.WithStrictOrdering());
            return;
        }

        var value = given.TryGetValue("value", out var filler) ? filler.GetDouble() : 0;
        c.Check(sequences[0][0].ValueKind == JsonValueKind.Array
            ? Sequences.Pad(
                sequences.Select(s => NDArray.From<double>([.. s.SelectMany(step => step.EnumerateArray().Select(n => n.GetDouble()))],
                    s.Count, s[0].GetArrayLength())),
                length, padding, truncating, NDArray.From<double>([value]))
            : Sequences.Pad(sequences.Select(s => (IReadOnlyList<double>)[.. s.Select(n => n.GetDouble())]),
                length, padding, truncating, value));
    }

    private static SequenceEnd End(IReadOnlyDictionary<string, JsonElement> given, string name)
        => given.TryGetValue(name, out var end) && end.GetString() == "post" ? SequenceEnd.Post : SequenceEnd.Pre;
}
