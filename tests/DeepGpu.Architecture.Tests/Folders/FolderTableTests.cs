namespace DeepGpu.Architecture.Tests;

/// <summary>What a table of folders finds, on tables made up for it.</summary>
public class FolderTableTests
{
    private static readonly FolderTable Straight = Table(("P/A", ["B", "C"]), ("P/B", ["C"]), ("Q/C", ["A"]));

    [Fact]
    public void An_arrow_that_another_table_lacks_is_named_with_its_project()
    {
        var less = Table(("P/A", ["B"]), ("P/B", ["C"]), ("Q/C", ["B"]));
        Straight.Without(less).Should().Equal("P/A -> C", "Q/C -> A");
        less.Without(Straight).Should().Equal("Q/C -> B");
    }

    [Fact]
    public void A_circle_is_one_of_a_single_project() => Straight.Circles().Should().BeEmpty("C uses A in another project only");

    [Fact]
    public void Circles_that_share_a_folder_are_one_and_others_stand_apart()
        => Table(("P/A", ["B"]), ("P/B", ["A", "C"]), ("P/C", ["B", "X"]), ("P/X", ["Y"]), ("P/Y", ["X"]), ("Q/D", ["E"]), ("Q/E", ["D"]))
            .Circles().Should().Equal("P: A, B, C", "P: X, Y", "Q: D, E");

    [Fact]
    public void Rows_and_folders_out_of_order_are_named()
    {
        Straight.Unsorted().Should().BeEmpty();
        Table(("P/B", ["C"]), ("P/A", ["C", "B"])).Unsorted().Should().Equal("P/A", "the rows");
    }

    [Fact]
    public void A_table_is_printed_as_it_is_written_in_lines_of_140_columns()
    {
        string[] many = [.. Enumerable.Range(10, 20).Select(i => $"Folder{i}")];
        var printed = Table(("P/B", ["C"]), ("P/A", many)).ToString().Split('\n');
        printed[0].Should().StartWith("        [\"P/A\"] = [\"Folder10\", \"Folder11\",");
        printed[1].Should().StartWith("            \"Folder").And.EndWith("\"Folder29\"],");
        printed[2].Should().Be("        [\"P/B\"] = [\"C\"],");
        printed.Should().OnlyContain(line => line.Length <= 140).And.HaveCount(3);
    }

    private static FolderTable Table(params (string From, string[] To)[] rows) => new(rows.ToDictionary(row => row.From, row => row.To));
}
