using DeepGpu.Testing;
using FineTuneEncoder;

namespace DeepGpu.Samples.Tests;

/// <summary>A small encoder on film reviews, from scratch and tuned.</summary>
public class FineTuneEncoderTests
{
    [Fact]
    public void Every_stage_trains_what_it_says_on_a_few_sentences()
    {
        var reviews = Reviews.Load(ReferenceData.Path("data", "rt-polarity"), most: 300);
        (reviews.Train.Count, reviews.Test.Count).Should().Be((240, 60));
        var experiment = new Experiment(reviews, epochs: 1, Device.Cpu, seed: 1);
        var (tokens, trained) = (experiment.Tokenizer.VocabularySize, new List<long>());
        foreach (var stage in experiment.Stages)
        {
            var (count, accuracy) = stage.Run();
            trained.Add(count);
            accuracy.Should().BeInRange(0.2, 0.9, stage.Name);
        }

        const int Head = 32 * 2 + 2, Block = 4 * (32 * 32 + 32) + (32 * 64 + 64) + (64 * 32 + 32) + 4 * 32;
        const int Matrices = 3 * (32 * 4 * 2 + 4 * 16) + (2 * 16 * 4 + 4 * 32) + (32 * 4 + 4 * 64) + (64 * 4 + 4 * 32);
        var all = (tokens + 40) * 32 + 2 * Block + Head;
        trained.Skip(1).Should().Equal(all, Head, 2 * Matrices + Head, all);
    }

    [Fact]
    public void No_word_is_unknown_to_a_vocabulary_with_every_letter()
    {
        var tokenizer = WordPieces.Learn(["a good film", "bad films !"], words: 2);
        tokenizer.Encode("a good filmgoof !").Should().NotContain(tokenizer.NumberOf("[UNK]")!.Value);
    }
}
