namespace DeepGpu.Operations;

/// <summary>A matrix of weights packed for <see cref="PanelProduct{T}"/>: a bias, then panels of a few columns, row after row.</summary>
/// <param name="Inner">The length that is summed over.</param>
/// <param name="Columns">The columns that count.</param>
/// <param name="Width">The columns of a panel.</param>
internal readonly record struct PanelShape(int Inner, int Columns, int Width)
{
    /// <summary>How many panels there are.</summary>
    public int Panels => (Columns + Width - 1) / Width;

    /// <summary>The columns of all panels, those that only fill up too.</summary>
    public int Padded => Panels * Width;

    /// <summary>Numbers of the bias and all panels.</summary>
    public long Size => (long)Padded * (Inner + 1);
}
