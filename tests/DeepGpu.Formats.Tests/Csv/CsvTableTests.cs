using System.Globalization;
using System.Text;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class CsvTableTests
{
    [Fact]
    public void Every_file_of_the_corpus_behaves_as_its_manifest_says() => HostileCorpus.Check("csv", file =>
    {
        var table = CsvTable.Read(file.Path,
            new() { Label = file.Option("label")?.GetString(), HasHeader = file.Option("header")?.GetBoolean() ?? true });
        if (!file.Entry.TryGetProperty("parsed", out var parsed)) return null;
        table.Columns.Should().Equal(parsed.GetProperty("columns").EnumerateArray().Select(name => name.GetString()));
        table.Labels.Should().Equal(parsed.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        table.Features.ToArray<float>().Should().Equal(parsed.GetProperty("features")
            .EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetSingle())));
        return null;
    });

    [Fact]
    public void Features_labels_and_columns_are_told_apart()
    {
        var table = Read("id,x1,label,x2\r\n7,1.5,cat,-2\r\n8,1e3,\"dog, big\",\"4\"\r\n",
            new() { Label = "label", Features = ["x2", "x1"] });
        table.Columns.Should().Equal("id", "x1", "label", "x2");
        table.FeatureColumns.Should().Equal("x2", "x1");
        table.Features.Shape.Should().Equal(2, 2);
        table.Features.ToArray<float>().Should().Equal(-2, 1.5f, 4, 1000);
        table.Labels.Should().Equal("cat", "dog, big");
    }

    [Fact]
    public void A_table_may_have_no_header_another_delimiter_and_double_precision()
    {
        var table = Read("1;0.1\n2;0.2", new() { HasHeader = false, Delimiter = ';', Type = DataType.Float64, Label = "0" });
        table.Columns.Should().Equal("0", "1");
        table.Labels.Should().Equal("1", "2");
        table.Features.ToArray<double>().Should().Equal(0.1, 0.2);
    }

    [Fact]
    public void Missing_values_become_NaN_only_where_allowed()
    {
        Refused.With("not_a_number", () => Read("a,b\n1,NA\n"));
        Read("a,b\n1,NA\n,2\n", new() { AllowMissing = true }).Features.ToArray<float>().Should().Equal(1, float.NaN, float.NaN, 2);
    }

    [Theory]
    [InlineData("", "empty_file", "is empty")]
    [InlineData("a,b\n", "no_rows", "only a header")]
    [InlineData("a,b\n1,2\n3\n", "column_count", "line 3 has 1")]
    [InlineData("a,b\n1,2\n3,4,5\n", "column_count", "line 3 has 3")]
    [InlineData("a,b\n1,2\n\n3,4\n5\n", "column_count", "line 5 has 1")]
    [InlineData("a,b\n\"1\n\",2\n3\n", "column_count", "line 4 has 1")]
    [InlineData("a,b\n1,x\n", "not_a_number", "line 2 has 'x' in column 'b'")]
    [InlineData("a,b\n1,\"1,5\"\n", "not_a_number", "'1,5'")]
    [InlineData("a,b\n1,1 000\n", "not_a_number", "'1 000'")]
    [InlineData("a,b\n1,0x10\n", "not_a_number", "'0x10'")]
    [InlineData("a,b\n1,\n", "not_a_number", "''")]
    [InlineData("a,b\n1,2\0\n", "not_a_number", "\\u0000")]
    [InlineData("a,b\n1,nan\n", "not_finite", "'nan'")]
    [InlineData("a,b\n1,Infinity\n", "not_finite", "'Infinity'")]
    [InlineData("a,b\n1,1e999\n", "not_finite", "'1e999'")]
    [InlineData("a,b\n1,1e39\n", "not_finite", "'1e39'")]
    [InlineData("a,a\n1,2\n", "duplicate_name", "'a'")]
    [InlineData("a,b\n1,\"2\n", "malformed_row", "row 2")]
    [InlineData("a,b\n1,\"2\"x\n", "malformed_row", "row 2")]
    public void A_table_that_breaks_a_rule_is_refused_with_line_and_column(string text, string code, string place)
        => Refused.With(code, () => Read(text)).Message.Should().Contain(place);

    [Fact]
    public void A_column_that_is_not_there_is_named_with_those_that_are()
        => Refused.With("missing_column", () => Read("a,b\n1,2\n", new() { Label = "label" }))
            .Message.Should().StartWith("The table must have a column 'label', but has a, b.");

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", [.. "a,b\n1,"u8, 0xff, 0xfe]);
        Refused.With("not_utf8", () => CsvTable.Read(path)).File.Should().Be(path);
    }

    [Fact]
    public void A_row_without_end_is_refused()
        => Refused.With("malformed_row", () => Read($"a\n\"{new string('x', 5 << 20)}"));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_are_the_same_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            Read("i,I\n1.5,-2e-3\n").Features.ToArray<float>().Should().Equal(1.5f, -0.002f);
            Refused.With("not_a_number", () => Read("a;b\n1,5;2\n", new() { Delimiter = ';' }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CsvTable Read(string text, CsvOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        return CsvTable.Read(folder.Write("a.csv", Encoding.UTF8.GetBytes(text)), options);
    }
}
