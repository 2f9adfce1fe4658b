using System.Globalization;
using System.Text;

namespace DeepGpu.Forecasts;

/// <summary>One row of a table with a header, its fields by name.</summary>
internal sealed class CsvRow
{
    private readonly Dictionary<string, int> _columns;
    private readonly List<string> _fields;

    private CsvRow(Dictionary<string, int> columns, List<string> fields) => (_columns, _fields) = (columns, fields);

    public string this[string column] => _columns.TryGetValue(column, out var place) && place < _fields.Count ? _fields[place] : "";

    public double? Number(string column)
        => double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The rows of a file; quoted fields may hold commas, and quotes written twice.</summary>
    public static IEnumerable<CsvRow> Read(string path)
    {
        using var reader = new StreamReader(path);
        var columns = Split(reader.ReadLine() ?? "").Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place);
        while (reader.ReadLine() is { } line) yield return new(columns, Split(line));
    }

    private static List<string> Split(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted) fields = Next(fields, field);
            else field.Append(line[i]);
        }

        return Next(fields, field);
    }

    private static List<string> Next(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
        return fields;
    }
}
