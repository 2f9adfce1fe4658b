using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DeepGpu.Formats.Bytes;
using Sylvan.Data.Csv;

namespace DeepGpu.Formats.Csv;

/// <summary>Reads the rows of a table. Sylvan.Data.Csv splits them; what they must hold is checked here.</summary>
internal sealed class CsvReading
{
    private static readonly Refusals Refusals = new("Correct the file, or choose other columns or options.");
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly CsvDataReader _reader;
    private readonly CsvOptions _options;
    private readonly List<double> _values = [];
    private readonly ImmutableArray<string>.Builder _labels = ImmutableArray.CreateBuilder<string>();
    private int _line;

    private CsvReading(CsvDataReader reader, CsvOptions options) => (_reader, _options) = (reader, options);

    public static CsvTable Read(ByteSource source, CsvOptions options)
    {
        if (options.Type is not (DataType.Float32 or DataType.Float64))
            throw Require.OutOfRange(nameof(CsvOptions), nameof(options.Type), "Float32 or Float64", options.Type);
        if (source.Length == 0) throw Refusals.Because("empty_file", "A table must have rows,", "but the file is empty.");
        try
        {
            using var text = new StreamReader(new ByteSourceStream(source), Strict, detectEncodingFromByteOrderMarks: false);
            using var reader = CsvDataReader.Create(text,
                new CsvDataReaderOptions { HasHeaders = false, Delimiter = options.Delimiter, CsvStyle = CsvStyle.Standard });
            return new CsvReading(reader, options).Table();
        }
        catch (DecoderFallbackException e)
        {
            throw Refusals.Because("not_utf8", "A table must be UTF-8 text,", "but is not.", inner: e);
        }
        catch (CsvFormatException e)
        {
            throw Refusals.Because("malformed_row", "Fields must be quoted as in RFC 4180,", $"but in row {e.RowNumber}: {e.Message}",
                $"row {e.RowNumber}", inner: e);
        }
    }

    private CsvTable Table()
    {
        if (!Next()) throw Refusals.Because("no_rows", "A table must have rows,", "but there are none.");
        ImmutableArray<string> columns = [.. Enumerable.Range(0, _reader.RowFieldCount)
            .Select(i => _options.HasHeader ? _reader.GetString(i) : i.ToString(CultureInfo.InvariantCulture))];
        if (columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Refusals.Because("duplicate_name", "A column's name may appear once,", "but appears again.", twice.Key);
        var label = _options.Label is { } name ? Find(columns, name) : -1;
        int[] features = _options.Features.Length > 0
            ? [.. _options.Features.Select(feature => Find(columns, feature))]
            : [.. Enumerable.Range(0, columns.Length).Where(i => i != label)];
        ReadRows(columns, features, label);
        return new()
        {
            Columns = columns,
            FeatureColumns = [.. features.Select(i => columns[i])],
            Features = Array(features.Length),
            Labels = _labels.ToImmutable(),
        };
    }

    private void ReadRows(ImmutableArray<string> columns, int[] features, int label)
    {
        var rows = 0;
        for (var more = !_options.HasHeader || Next(); more; more = Next(), rows++)
        {
            if (IsBlankLastLine()) continue;
            if (_reader.RowFieldCount != columns.Length)
                throw Refusals.Because("column_count", $"Every row must have {columns.Length} fields,",
                    $"but line {_line} has {_reader.RowFieldCount}.", $"line {_line}");
            foreach (var i in features) _values.Add(Number(_reader.GetString(i), columns[i]));
            if (label >= 0) _labels.Add(_reader.GetString(label));
        }

        if (rows == 0) throw Refusals.Because("no_rows", "A table must have rows,", "but has only a header.");
    }

    /// <summary>Moves to the next row. A row with line ends inside quotes covers several lines; it is named by its first.</summary>
    private bool Next()
    {
        _line += _line == 0 ? 1 : 1 + Enumerable.Range(0, _reader.RowFieldCount).Sum(i => _reader.GetString(i).Count(c => c == '\n'));
        return _reader.Read();
    }

    private bool IsBlankLastLine() => _reader.RowFieldCount == 1 && _reader.GetString(0).Length == 0;

    private double Number(string text, string column)
    {
        if (_options.AllowMissing && text.Trim() is "" or "NA" or "NaN" or "nan") return double.NaN;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (text.Contains('\0') || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
            throw Refuse("not_a_number", "A feature must be a number like 1.5 or 1e3,", text, column);
        var isFinite = _options.Type == DataType.Float32 ? float.IsFinite((float)value) : double.IsFinite(value);
        return isFinite ? value : throw Refuse("not_finite", $"A feature must be finite and fit {_options.Type},", text, column);
    }

    private ModelFormatException Refuse(string code, string rule, string text, string column)
        => Refusals.Because(code, rule, $"but line {_line} has '{StrictJson.Printable(text)}' in column '{StrictJson.Printable(column)}'.",
            $"line {_line}, column {column}");

    private static int Find(ImmutableArray<string> columns, string name)
        => columns.IndexOf(name) is >= 0 and var i
            ? i
            : throw Refusals.Because("missing_column", $"The table must have a column '{StrictJson.Printable(name)}',",
                $"but has {StrictJson.Printable(string.Join(", ", columns))}.", name);

    private NDArray Array(int features)
    {
        int[] shape = [features == 0 ? 0 : _values.Count / features, features];
        var values = CollectionsMarshal.AsSpan(_values);
        if (_options.Type == DataType.Float64) return NDArray.From<double>(values, shape);
        var narrow = new float[values.Length];
        for (var i = 0; i < narrow.Length; i++) narrow[i] = (float)values[i];
        return NDArray.From<float>(narrow, shape);
    }
}
