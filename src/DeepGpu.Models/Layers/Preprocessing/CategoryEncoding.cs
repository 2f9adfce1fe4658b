namespace DeepGpu.Models;

/// <summary>Writes numbers of categories as rows.</summary>
/// <remarks>Input (batch, length) of whole numbers below the number of categories, output (batch, categories);
/// see <see cref="Models.OutputMode"/>.
/// Keras: https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/</remarks>
public sealed record CategoryEncoding : CategoryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numTokens">The number of categories, at least 1.</param>
    public CategoryEncoding(int numTokens) => NumTokens = numTokens;

    /// <summary>The number of categories, at least 1.</summary>
    public int NumTokens { get; init => field = Require.AtLeast(value, 1, nameof(CategoryEncoding), nameof(NumTokens)); }

    /// <summary>How they are written: one-hot, multi-hot (the default) or counted.</summary>
    public OutputMode OutputMode
    {
        get;
        init => field = value is OutputMode.OneHot or OutputMode.MultiHot or OutputMode.Count
            ? value
            : throw Require.OutOfRange(nameof(CategoryEncoding), nameof(OutputMode), "OneHot, MultiHot or Count", value);
    } = OutputMode.MultiHot;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Encoded(input, OutputMode, NumTokens);
}
