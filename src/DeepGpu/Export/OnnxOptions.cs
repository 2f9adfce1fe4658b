using System.Collections.Immutable;

namespace DeepGpu;

/// <summary>How a model is written as ONNX.</summary>
public sealed record OnnxOptions
{
    internal const int OldestOpset = 13;

    internal const int NewestOpset = 22;

    /// <summary>The defaults.</summary>
    public static OnnxOptions Default { get; } = new();

    /// <summary>The version of ONNX's operators, 13 to 22. Default 17, which engines have read since 2022.</summary>
    /// <exception cref="DeepGpuArgumentException">It is outside 13 to 22.</exception>
    public int Opset
    {
        get;
        init => field = (int)Require.InRange(value, OldestOpset, NewestOpset, nameof(OnnxOptions), nameof(Opset));
    } = 17;

    /// <summary>Whether a batch normalization after a convolution or a dense layer becomes part of its kernel. Default false: the layers
    /// stay as they are.</summary>
    public bool FoldBatchNormalization { get; init; }

    /// <summary>The licence of the model, an SPDX name such as "Apache-2.0"; null leaves that of published weights, if they have
    /// one.</summary>
    public string? License { get; init; }

    /// <summary>The names of the classes in the order of the output; empty for none.</summary>
    public ImmutableArray<string> Classes { get => field.IsDefault ? [] : field; init; }

    /// <summary>What the model is, in words; null for none.</summary>
    public string? Description { get; init; }
}
