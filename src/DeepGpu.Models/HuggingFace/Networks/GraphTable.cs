namespace DeepGpu.Models.HuggingFace;

/// <summary>Families whose outputs can be left out or replaced, so that they are read as graphs before they become models.</summary>
internal static class GraphTable
{
    public static IReadOnlyDictionary<string, Func<ConfigReader, TransformerShape, TransformerGraph>> Rows { get; } =
        new Dictionary<string, Func<ConfigReader, TransformerShape, TransformerGraph>>(StringComparer.Ordinal)
        {
            ["bert"] = BertGraph.Bert,
            ["electra"] = BertGraph.Bert,
            ["roberta"] = BertGraph.Roberta,
            ["xlm-roberta"] = BertGraph.Roberta,
            ["camembert"] = BertGraph.Roberta,
            ["distilbert"] = BertGraph.DistilBert,
            ["gpt2"] = GptGraph.Gpt2,
            ["vit"] = VisionGraph.VisionTransformer,
            ["deit"] = VisionGraph.DataEfficient,
            ["t5"] = T5Graph.Of,
            ["mt5"] = T5Graph.Of,
            ["bart"] = BartGraph.Of,
            ["whisper"] = WhisperGraph.Of,
        };

    /// <summary>The same, as they were published.</summary>
    public static IEnumerable<KeyValuePair<string, Func<ConfigReader, TransformerShape, ModelSpec>>> Models => Rows.Select(row
        => KeyValuePair.Create<string, Func<ConfigReader, TransformerShape, ModelSpec>>(row.Key, (c, shape)
            => row.Value(c, shape).Model(PrintableText.Is(shape.Name) ? shape.Name : shape.ModelType)));
}
