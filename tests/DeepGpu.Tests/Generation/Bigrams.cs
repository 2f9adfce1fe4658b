using DeepGpu.Models;

namespace DeepGpu.Tests.Generation;

/// <summary>Language models whose logits are known: they look at the last word alone.</summary>
internal static class Bigrams
{
    /// <summary>A model with the same logits after every word.</summary>
    public static Model Always(params float[] logits)
        => Of(logits.Length, [.. Enumerable.Repeat(logits, logits.Length).SelectMany(row => row)]);

    /// <summary>A model after whose words others follow for certain, from the first on; the last stays.</summary>
    public static Model Chain(int words, params int[] order)
    {
        var table = new float[words * words];
        for (var i = 0; i < order.Length; i++) table[order[i] * words + order[Math.Min(i + 1, order.Length - 1)]] = 5;
        return Of(words, table);
    }

    /// <summary>A model whose logits after a word are the word's row.</summary>
    public static Model Of(int words, float[] table)
    {
        var input = Functional.Input(new InputLayer(new Shape(null, null)) { ElementType = DataType.Int32 });
        var model = Functional.Model([input], [input.Apply(new Embedding(words, words))], "bigrams").ToModel(Device.Cpu);
        model.Weights[0].Load(NDArray.From<float>(table, words, words));
        return model;
    }
}
