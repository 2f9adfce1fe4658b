namespace DeepGpu.Models.Shapes;

/// <summary>What the axes of an input are called, the batch first.</summary>
/// <param name="names">The names.</param>
internal readonly struct AxisNames(params string[] names)
{
    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>Those of one sample.</summary>
    public string OfSample => string.Join(", ", names.Skip(1));

    /// <summary>Spatial axes: steps or rows where there is one.</summary>
    /// <param name="spatial">How many, from 1 to 3.</param>
    /// <param name="only">What it is called where it is the only one.</param>
    public static string[] Spatial(int spatial, string only) => spatial switch
    {
        1 => [only],
        2 => ["height", "width"],
        _ => ["depth", "height", "width"],
    };

    /// <summary>The names, e.g. "batch, height, width, channels".</summary>
    public override string ToString() => string.Join(", ", names);
}
