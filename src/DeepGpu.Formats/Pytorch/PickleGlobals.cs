namespace DeepGpu.Formats.Pytorch;

/// <summary>The only names a pickle may mention: the literal list of what a state dict is made of.
/// Everything else is refused by name.</summary>
internal static class PickleGlobals
{
    private const string Help = "Nothing was run. If you trust the file's author, load it in PyTorch and save only model.state_dict().";

    /// <summary>What a name stands for.</summary>
    /// <exception cref="ModelFormatException">The name is not on the list.</exception>
    public static object Find(string module, string name, long offset)
        => Known(module, name) ?? throw (IsQuantized(module, name) ? Quantized($"{module}.{name}", offset)
            : Forbidden($"{module}.{name}", offset, IsModuleClass(module)));

    /// <summary>Quantised tensors, and the modules that hold them.</summary>
    private static bool IsQuantized(string module, string name)
        => (module, name) is ("torch._utils", "_rebuild_qtensor") || module.Contains(".quantized", StringComparison.Ordinal)
            || (module == "torch" && (name.StartsWith("qint", StringComparison.Ordinal)
                || name.StartsWith("quint", StringComparison.Ordinal)));

    private static ModelFormatException Quantized(string what, long offset) => PthFile.Refusals.Because(
        "quantized",
        "Tensors must be stored as plain numbers,",
        $"but this file holds quantised ones ('{StrictJson.Printable(what)}').",
        offset: offset,
        help: "Nothing was run. Save the model's state dict from before its quantization, or {name: tensor.dequantize() for ...}.");

    /// <summary>The refusal of a name, or of a value that is called like a function.</summary>
    public static ModelFormatException Forbidden(string what, long offset, bool isModule = false) => isModule
        ? PthFile.Refusals.Because("whole_module", "A .pth file must hold tensors, not a whole pickled model,",
            $"but it names the class '{StrictJson.Printable(what)}'.", offset: offset, help: Help)
        : PthFile.Refusals.Because("forbidden_global", "A pickle may name only what tensors are made of,",
            $"but it names '{StrictJson.Printable(what)}'.", offset: offset, help: Help);

    private static object? Known(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict" or "Counter") => PickleFunction.Dictionary,
        ("argparse", "Namespace") or ("pytorch_lightning.utilities.parsing", "AttributeDict")
            or ("lightning_fabric.utilities.data" or "lightning.fabric.utilities.data", "AttributeDict") => PickleFunction.Namespace,
        ("builtins" or "__builtin__", "set") => PickleFunction.Set,
        ("torch", "Size") => PickleFunction.Size,
        ("torch", "device") => PickleFunction.Device,
        ("torch._utils", "_rebuild_tensor") => PickleFunction.RebuildTensor,
        ("torch._utils", "_rebuild_tensor_v2") => PickleFunction.RebuildTensorV2,
        ("torch._utils", "_rebuild_tensor_v3") => PickleFunction.RebuildTensorV3,
        ("torch._utils", "_rebuild_parameter") => PickleFunction.RebuildParameter,
        ("torch._utils", "_rebuild_parameter_with_state") => PickleFunction.RebuildParameterWithState,
        ("torch" or "torch.cuda" or "torch.storage", _) when ElementType.OfStorage(name) is { } element => new StorageClass(element),
        ("torch", _) => ElementType.OfDtype(name),
        _ => null,
    };

    private static bool IsModuleClass(string module)
        => module.StartsWith("torch.nn.modules.", StringComparison.Ordinal)
            || module.StartsWith("torchvision.models", StringComparison.Ordinal)
            || module.StartsWith("timm.models", StringComparison.Ordinal);
}
