using DeepGpu;
using DeepGpu.Models;

namespace RealSequences;

/// <summary>Texts as rows of token numbers: 0 fills up, 1 stands for a token that was not learned.</summary>
public static class TextSamples
{
    /// <summary>The task to name a text's class.</summary>
    /// <param name="samples">Tokens and class of each text.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="vocabulary">How many tokens are told apart, the most frequent ones.</param>
    /// <param name="length">Tokens kept of each text.</param>
    /// <param name="epochs">Passes over the texts.</param>
    /// <remarks>A fifth of the texts, drawn at random, is for the test; the vocabulary is made of the others.</remarks>
    public static SequenceTask Classify(IEnumerable<(string[] Tokens, int Class)> samples, int classes,
        int vocabulary, int length, int epochs)
    {
        var all = samples.ToArray();
        new Random(1).Shuffle(all);
        var (train, test) = (all[(all.Length / 5)..], all[..(all.Length / 5)]);
        var numbers = train.SelectMany(s => s.Tokens).CountBy(t => t).OrderByDescending(t => t.Value)
            .ThenBy(t => t.Key, StringComparer.Ordinal)
            .Take(vocabulary).Select((token, i) => (token.Key, Number: i + 2)).ToDictionary(t => t.Key, t => t.Number);
        return SequenceTask.Classify(Rows(train, numbers, length), Rows(test, numbers, length), epochs, core => Sequential.Input([null])
            .Embedding(numbers.Count + 2, 32, maskZero: true).Apply(core).Dense(classes, Activation.Softmax).Build()) with
        { BatchSize = 64 };
    }

    private static (NDArray Inputs, int[] Classes) Rows((string[] Tokens, int Class)[] samples, Dictionary<string, int> numbers, int length)
    {
        var rows = samples.Select(s => Array.ConvertAll(s.Tokens, token => numbers.GetValueOrDefault(token, 1)));
        return (Sequences.Pad<int>(rows, length, SequenceEnd.Post, SequenceEnd.Post), Array.ConvertAll(samples, s => s.Class));
    }
}
