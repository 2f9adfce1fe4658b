using System.Collections.Immutable;

namespace DeepGpu.Data;

/// <summary>A place of a template: a special token, or one of the texts.</summary>
/// <param name="Token">The special token's number; null for a text.</param>
/// <param name="IsSecond">Whether the text is the second.</param>
/// <param name="Segment">The number of the segment.</param>
internal readonly record struct TemplatePlace(int? Token, bool IsSecond, int Segment)
{
    /// <summary>A special token.</summary>
    public static TemplatePlace Special(int token, int segment = 0) => new(token, false, segment);

    /// <summary>A text.</summary>
    public static TemplatePlace Text(bool isSecond = false, int segment = 0) => new(null, isSecond, segment);
}

/// <summary>Where a model's special tokens stand around one text and around two.</summary>
/// <param name="Single">Around one.</param>
/// <param name="Pair">Around two.</param>
internal sealed record TokenTemplate(ImmutableArray<TemplatePlace> Single, ImmutableArray<TemplatePlace> Pair)
{
    /// <summary>The texts alone.</summary>
    public static TokenTemplate Plain { get; } = new([TemplatePlace.Text()],
        [TemplatePlace.Text(), TemplatePlace.Text(isSecond: true, segment: 1)]);

    /// <summary>BERT's: [CLS] A [SEP], and [CLS] A [SEP] B [SEP]. Devlin et al., 2018, https://arxiv.org/abs/1810.04805.</summary>
    public static TokenTemplate Bert(int start, int end) => new(
        [TemplatePlace.Special(start), TemplatePlace.Text(), TemplatePlace.Special(end)],
        [TemplatePlace.Special(start), TemplatePlace.Text(), TemplatePlace.Special(end), TemplatePlace.Text(true, 1),
            TemplatePlace.Special(end, 1)]);

    /// <summary>RoBERTa's: &lt;s&gt; A &lt;/s&gt;, and &lt;s&gt; A &lt;/s&gt; &lt;/s&gt; B &lt;/s&gt;, all one segment. Liu et al., 2019,
    /// https://arxiv.org/abs/1907.11692.</summary>
    public static TokenTemplate Roberta(int start, int end) => new(
        [TemplatePlace.Special(start), TemplatePlace.Text(), TemplatePlace.Special(end)],
        [TemplatePlace.Special(start), TemplatePlace.Text(), TemplatePlace.Special(end), TemplatePlace.Special(end),
            TemplatePlace.Text(isSecond: true), TemplatePlace.Special(end)]);

    /// <summary>A start and an end around each text, either of which may be missing.</summary>
    public static TokenTemplate Around(int? start, int? end)
    {
        IEnumerable<TemplatePlace> Part(bool isSecond, int segment)
        {
            if (start is { } first) yield return TemplatePlace.Special(first, segment);
            yield return TemplatePlace.Text(isSecond, segment);
            if (end is { } last) yield return TemplatePlace.Special(last, segment);
        }

        return new([.. Part(false, 0)], [.. Part(false, 0), .. Part(true, 1)]);
    }
}
