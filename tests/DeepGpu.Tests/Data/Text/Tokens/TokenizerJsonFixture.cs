using System.Text.Json.Nodes;

namespace DeepGpu.Tests.Data;

/// <summary>The tokenizers of <see cref="TokenizerFixture"/> as tokenizer.json says them.</summary>
internal static class TokenizerJsonFixture
{
    public static JsonObject WordPiece()
    {
        var vocabulary = new JsonObject([.. TokenizerFixture.WordPieces.Select((piece, i) => KeyValuePair.Create(piece, (JsonNode?)i))]);
        JsonObject Special(string token, int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = type } };
        JsonObject Text(string id, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = id, ["type_id"] = type } };
        return new()
        {
            ["normalizer"] = new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["lowercase"] = true,
                ["strip_accents"] = null,
                ["handle_chinese_chars"] = true,
            },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "TemplateProcessing",
                ["single"] = new JsonArray(Special("[CLS]", 0), Text("A", 0), Special("[SEP]", 0)),
                ["pair"] = new JsonArray(Special("[CLS]", 0), Text("A", 0), Special("[SEP]", 0), Text("B", 1), Special("[SEP]", 1)),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["vocab"] = vocabulary,
            },
        };
    }

    public static JsonObject BytePair(bool mergesAsPairs)
    {
        var end = TokenizerFixture.BytePairs["<|endoftext|>"];
        JsonArray Token() => new("<|endoftext|>", end);
        var pairs = TokenizerFixture.BytePairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value));
        JsonNode Merge(string merge) => mergesAsPairs ? new JsonArray([.. merge.Split(' ').Select(token => (JsonNode)token)]) : merge;
        return new()
        {
            ["added_tokens"] = new JsonArray(new JsonObject { ["id"] = end, ["content"] = "<|endoftext|>", ["special"] = true }),
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false },
            ["post_processor"] = new JsonObject { ["type"] = "RobertaProcessing", ["sep"] = Token(), ["cls"] = Token() },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = new JsonObject([.. pairs]),
                ["merges"] = new JsonArray([.. TokenizerFixture.Merges.Select(Merge)]),
            },
        };
    }
}
