using DeepGpu.Models.Onnx;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>docs/onnx.md shows the tables as they are.</summary>
public class OnnxPageTests
{
    [Fact]
    public void The_page_lists_every_operator_that_is_read_and_which_become_layers()
    {
        var live = TranslationTable.Names.ToHashSet();
        var rows = RepositoryFolder.Read("docs/onnx.md").Split("## Operators that are read")[1].Split("\n## ")[0].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        rows.Should().Equal(OperatorTable.All.Select(row => $"| `{row.Name}` |{(live.Contains(row.Name) ? " yes" : "")} |"));
    }

    [Fact]
    public void What_becomes_a_layer_is_described_too()
        => TranslationTable.Names.Except(OperatorTable.All.Select(row => row.Name)).Should().BeEmpty();
}
