using System.Collections.Immutable;

namespace DeepGpu.Data;

/// <summary>Cuts texts, puts special tokens around them and fills rows up.</summary>
/// <param name="options">How.</param>
/// <param name="template">The special tokens.</param>
/// <param name="padding">The number that rows are filled up with; null where there is none.</param>
internal sealed class TokenPacking(TokenizerOptions options, TokenTemplate template, int? padding)
{
    /// <summary>Rows of one length.</summary>
    /// <exception cref="TrainingDataException">A row cannot be cut or filled up as the options say.</exception>
    public TokenizedTexts Pack(IReadOnlyList<(IReadOnlyList<int> First, IReadOnlyList<int>? Second)> texts)
    {
        var rows = texts.Select((text, place) => Row(text.First, text.Second, place)).ToList();
        var length = options is { PadToMaxLength: true, MaxLength: { } most } ? most : rows.Max(row => row.Count);
        var (ids, segments, mask) = (new int[rows.Count * length], new int[rows.Count * length], new int[rows.Count * length]);
        for (var row = 0; row < rows.Count; row++)
        {
            var count = rows[row].Count;
            if (count < length) Array.Fill(ids, padding ?? throw NoPadding(count, length), row * length, length);
            var start = row * length + (options.PaddingSide == SequenceSide.Left ? length - count : 0);
            for (var i = 0; i < count; i++)
                (ids[start + i], segments[start + i], mask[start + i]) = (rows[row][i].Id, rows[row][i].Segment, 1);
        }

        NDArray Of(int[] values) => NDArray.From<int>(values, rows.Count, length);
        return new(Of(ids), Of(segments), Of(mask));
    }

    /// <summary>One row: the cut texts with the special tokens.</summary>
    private List<(int Id, int Segment)> Row(IReadOnlyList<int> first, IReadOnlyList<int>? second, int place)
    {
        var places = Places(second is not null);
        var (left, right) = Cut(first, second ?? [], places.Count(p => p.Token is not null), place);
        return [.. places.SelectMany(p => p.Token is { } token ? [(token, p.Segment)]
            : (p.IsSecond ? right : left).Select(id => (id, p.Segment)))];
    }

    private ImmutableArray<TemplatePlace> Places(bool isPair)
    {
        var own = options.AddSpecialTokens ? template : TokenTemplate.Plain;
        return isPair ? own.Pair : own.Single;
    }

    private (IReadOnlyList<int> First, IReadOnlyList<int> Second) Cut(IReadOnlyList<int> first, IReadOnlyList<int> second, int special,
        int place)
    {
        if (options.MaxLength is not { } most) return (first, second);
        var room = most - special;
        var over = first.Count + second.Count - room;
        if (room < 0) throw TooShort(most, special);
        if (over <= 0) return (first, second);
        var (left, right) = options.Truncation switch
        {
            PairTruncation.OnlyFirst => (first.Count - over, second.Count),
            PairTruncation.OnlySecond when second.Count > 0 => (first.Count, second.Count - over),
            _ => Longest(first.Count, second.Count, room),
        };
        return left < 0 || right < 0 ? throw TooLong(place, most) : (Cut(first, left), Cut(second, right));
    }

    /// <summary>What is left where tokens are taken from the longer one by one, from the second where they are as long.</summary>
    private static (int First, int Second) Longest(int first, int second, int room)
    {
        var shorter = Math.Min(first, second);
        if (shorter <= room / 2) return first > second ? (room - second, second) : (first, room - first);
        return (room - room / 2, room / 2);
    }

    private IReadOnlyList<int> Cut(IReadOnlyList<int> tokens, int count)
        => options.TruncationSide == SequenceSide.Left ? [.. tokens.Skip(tokens.Count - count)] : [.. tokens.Take(count)];

    private static TrainingDataException TooShort(int most, int special) => new(new(
        "max_length",
        "MaxLength must leave room for the special tokens,",
        $"but it is {most} and there are {special}.",
        "Make it larger, or leave AddSpecialTokens out."));

    private static TrainingDataException TooLong(int place, int most) => new(new(
        "text_too_long",
        "The text that is not cut must fit into MaxLength,",
        $"but text {place} is longer than {most} with it.",
        "Use PairTruncation.LongestFirst, or a larger MaxLength."));

    private static TrainingDataException NoPadding(int count, int length) => new(new(
        "no_padding_token",
        "Rows of one length need a token to fill them up with,",
        $"but the tokenizer's files name none, and a row has {count} of {length} tokens.",
        "Set TokenizerOptions.PaddingToken, e.g. to the token that ends a sentence."));
}
