using DeepGpu.Models.HuggingFace;
using static DeepGpu.Models.Architectures.DiffusionNetwork;

namespace DeepGpu.Models.Architectures;

/// <summary>Attention of the places of a picture to each other and to a text, and a gated feed-forward part, as diffusers'
/// Transformer2DModel has them.</summary>
/// <param name="heads">Heads.</param>
/// <param name="text">The text, (batch, tokens, features).</param>
internal sealed class TextTransformer(int heads, SymbolicTensor text)
{
    private const double Epsilon = 1e-5;

    /// <summary>The block, around which the picture goes.</summary>
    public SymbolicTensor Apply(SymbolicTensor x, string path)
    {
        var (height, width, channels) = (x.Shape![1]!.Value, x.Shape![2]!.Value, Channels(x));
        var entered = Convolved(x.GroupNormalization(32, epsilon: 1e-6, name: $"{path}.norm"), $"{path}.proj_in", channels, kernel: 1);
        var y = Block(entered.Reshape(height * width, channels), $"{path}.transformer_blocks.0").Reshape(height, width, channels);
        return Convolved(y, $"{path}.proj_out", channels, kernel: 1).Add(x);
    }

    private SymbolicTensor Block(SymbolicTensor x, string path)
    {
        var y = x.Add(Attended(Normed(x, $"{path}.norm1"), null, $"{path}.attn1"));
        y = y.Add(Attended(Normed(y, $"{path}.norm2"), text, $"{path}.attn2"));
        return y.Add(Gated(Normed(y, $"{path}.norm3"), $"{path}.ff.net"));
    }

    /// <summary>Attention to itself, or to what is given.</summary>
    private SymbolicTensor Attended(SymbolicTensor x, SymbolicTensor? seen, string path)
    {
        var (channels, keys) = (Channels(x), seen ?? x);
        SymbolicTensor Projected(SymbolicTensor from, string part) => from.Dense(channels, useBias: false, name: $"{path}.to_{part}");
        var (query, key, value) = (Projected(x, "q"), Projected(keys, "k"), Projected(keys, "v"));
        var attended = seen is not null ? new GraphAttention(heads, channels / heads).Apply(query, key, value)
            : query.Apply(new RotaryAttention(channels / heads, heads, heads) { RotaryDim = 0, UseCausalMask = false }, value, key);
        return attended.Dense(channels, name: $"{path}.to_out.0");
    }

    /// <summary>One half of a projection times GELU of the other, and back.</summary>
    private static SymbolicTensor Gated(SymbolicTensor x, string path)
    {
        var inner = 4 * Channels(x);
        var both = x.Dense(2 * inner, name: $"{path}.0.proj");
        var gate = Part(both, FunctionArgument.Slice(inner)).Activate(Activation.Gelu);
        return Part(both, FunctionArgument.Slice(stop: inner)).Multiply(gate).Dense(Channels(x), name: $"{path}.2");
    }

    private static SymbolicTensor Part(SymbolicTensor x, FunctionArgument features)
        => GraphParts.Call(x, "GetItem", ("key", FunctionArgument.List(FunctionArgument.Slice(), FunctionArgument.Slice(), features)));

    private static SymbolicTensor Normed(SymbolicTensor x, string name) => x.LayerNormalization(epsilon: Epsilon, name: name);
}
