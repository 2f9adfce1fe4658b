namespace DeepGpu.Models;

/// <summary>A category as data names it: a text or a whole number. Both convert to it by themselves. Not the number a layer gives
/// it.</summary>
public readonly record struct CategoryValue
{
    /// <summary>A category named by a text.</summary>
    /// <param name="text">The text, which may be empty.</param>
    public CategoryValue(string text) => Text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>A category named by a whole number.</summary>
    /// <param name="number">The number.</param>
    public CategoryValue(long number) => Number = number;

    /// <summary>The text; null for a whole number.</summary>
    public string? Text { get; }

    /// <summary>The whole number; 0 for a text.</summary>
    public long Number { get; }

    /// <summary>A category named by a text.</summary>
    public static implicit operator CategoryValue(string text) => new(text);

    /// <summary>A category named by a whole number.</summary>
    public static implicit operator CategoryValue(long number) => new(number);

    /// <inheritdoc/>
    public override string ToString() => Text ?? FormattableString.Invariant($"{Number}");
}
