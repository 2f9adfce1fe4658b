using TorchSharp;
using Padding = DeepGpu.Models.Padding;

namespace DeepGpu.Tests.Lowering;

/// <summary>oneDNN 3.7 may end the process in a window that lies in the padding with all its cells: no layer hands it one.</summary>
public class WindowTests
{
    [Theory]
    [InlineData(Padding.Same)]
    [InlineData(Padding.Causal)]
    [InlineData(Padding.Valid)]
    public void Every_window_that_torch_pads_meets_the_input(Padding padding)
    {
        var padded = 0;
        foreach (var (length, cells, stride, dilation) in Sizes())
        {
            using var x = torch.zeros(1, 1, length);
            var amounts = Spatial.Amounts(x, padding, cells, stride, dilation);
            if (amounts[0].Before == 0 || !Spatial.IsSymmetric(x, amounts, dilation)) continue;
            padded++;
            Windows(length, cells, stride, dilation, amounts[0])
                .Should().OnlyContain(window => window.Any(cell => cell >= 0 && cell < length),
                $"length {length}, {cells} cells, stride {stride}, dilation {dilation}");
        }

        if (padding == Padding.Same) padded.Should().BeGreaterThan(100);
    }

    [Fact]
    public void There_are_windows_that_would_miss_the_input()
        => Windows(1, 2, 1, 2, (1, 1)).Should().ContainSingle().Which.Should().Equal(-1, 1);

    private static IEnumerable<(int Length, int Cells, int Stride, int Dilation)> Sizes()
        => from length in Enumerable.Range(1, 9)
           from cells in Enumerable.Range(1, 5)
           from stride in Enumerable.Range(1, 4)
           from dilation in Enumerable.Range(1, 4)
           select (length, cells, stride, dilation);

    /// <summary>The positions of each window's cells, counted from the first of the input.</summary>
    private static IEnumerable<List<long>> Windows(int length, int cells, int stride, int dilation, (long Before, long After) amounts)
    {
        var room = length + amounts.Before + amounts.After - ((cells - 1) * dilation + 1);
        for (long start = -amounts.Before; start <= room - amounts.Before; start += stride)
            yield return [.. Enumerable.Range(0, cells).Select(cell => start + cell * dilation)];
    }
}
