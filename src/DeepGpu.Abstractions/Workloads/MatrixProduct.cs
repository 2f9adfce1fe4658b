namespace DeepGpu;

/// <summary>The shape of a product with weights, as a matrix product: of each group, (rows x depth) times (depth x columns).</summary>
/// <remarks>A convolution as implicit matrix product: rows are output channels, depth is input channels times cells of the kernel,
/// columns are output positions of the whole batch. A dense layer has one cell.</remarks>
/// <param name="Rows">Output channels or units of all groups.</param>
/// <param name="Channels">Input channels or features of all groups.</param>
/// <param name="Cells">Cells of the kernel: 9 of 3 x 3; 1 of a dense layer.</param>
/// <param name="Columns">Output positions of the whole batch.</param>
/// <param name="InputColumns">Input positions of the whole batch.</param>
/// <param name="Groups">Independent parts that the channels are split into.</param>
/// <param name="HasUnitStride">Whether the kernel visits every position.</param>
/// <param name="IsSquareKernel">Whether the kernel is as high as it is wide.</param>
public sealed record MatrixProduct(long Rows, long Channels, long Cells, double Columns, double InputColumns, long Groups = 1,
    bool HasUnitStride = true, bool IsSquareKernel = true)
{
    /// <summary>The length summed over, of one group.</summary>
    public double Depth => (double)Channels / Groups * Cells;

    internal MatrixProduct Scaled(double factor) => this with { Columns = Columns * factor, InputColumns = InputColumns * factor };
}
