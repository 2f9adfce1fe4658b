namespace DeepGpu.Models.HuggingFace;

/// <summary>Which graph each model_type has.</summary>
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
}
