using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The axes of a product of an input and a kernel.</summary>
/// <param name="letters">The letters of input, kernel and output.</param>
internal sealed class ProductAxes((string Input, string Kernel, string Output) letters)
{
    /// <summary>The equation without ellipsis.</summary>
    public string Equation => $"{letters.Input},{letters.Kernel}->{letters.Output}";

    /// <summary>The letters of the input's axes.</summary>
    public string Input => letters.Input;

    /// <summary>The letters of the kernel's axes.</summary>
    public string Kernel => letters.Kernel;

    /// <summary>The input's axes that are summed over.</summary>
    public long[] Summed
        => [.. Enumerable.Range(0, letters.Input.Length).Where(axis => !letters.Output.Contains(letters.Input[axis])).Select(axis
        => (long)axis)];

    /// <summary>A tensor with the input's axes, the summed ones of length 1, laid out as the output.</summary>
    public torch.Tensor Align(torch.Tensor scale)
    {
        var kept = letters.Output.Where(letter => letters.Input.Contains(letter)).ToArray();
        var ordered = scale.permute([.. kept.Select(letter => (long)letters.Input.IndexOf(letter)), .. Summed]);
        return ordered.reshape([.. letters.Output.Select(letter
            => letters.Input.IndexOf(letter) is >= 0 and var axis ? scale.shape[axis] : 1L)]);
    }
}
