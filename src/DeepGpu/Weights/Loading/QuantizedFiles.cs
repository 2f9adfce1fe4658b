using DeepGpu.Formats;

namespace DeepGpu.Weights;

/// <summary>Files whose weights are packed in ways that are not read.</summary>
internal static class QuantizedFiles
{
    /// <summary>The ends of names that tell a kind, and what it is called.</summary>
    private static readonly (string Ending, string Kind)[] Kinds =
    [
        (".qweight", "AWQ or GPTQ"), (".quant_state.bitsandbytes__nf4", "NF4 of bitsandbytes"),
        (".quant_state.bitsandbytes__fp4", "FP4 of bitsandbytes"), (".weight_format", "LLM.int8 of bitsandbytes"),
        (".SCB", "LLM.int8 of bitsandbytes"), (".weight_packed", "packed whole numbers of compressed-tensors"),
        (".weight_scale_2", "NVFP4"), (".weight_zero_point", "whole numbers with a zero point"), (".W_q", "HQQ"),
    ];

    /// <summary>Refuses such a file.</summary>
    /// <exception cref="ModelFormatException">It is one.</exception>
    public static void Refuse(TensorFile file)
    {
        foreach (var tensor in file.Tensors)
        {
            var kind = Kinds.Where(kind => tensor.Name.EndsWith(kind.Ending, StringComparison.Ordinal)).Select(kind => kind.Kind)
                .FirstOrDefault();
            if (kind is not null) throw new ModelFormatException(NotRead(kind, tensor.Name), file.Path, entry: tensor.Name);
        }
    }

    private static Fault NotRead(string kind, string name) => new(
        "quantized_weights",
        "Weights are read from floating-point numbers of 16 to 64 bits, 8 bits with their scales, or MXFP4,",
        $"but '{StrictJson.Printable(name)}' says that this file holds {kind}.",
        "Load the files that the model was published with before, or write it in floating point with the library that made this file; "
            + "EnableLora and Quantize then work here.");
}
