namespace DeepGpu.Hardware.Forecasting;

/// <summary>The constants of the memory of transformers.</summary>
internal static class TransformerMemoryConstants
{
    public static readonly ConstantTable Table = new();

    static TransformerMemoryConstants()
    {
        LlamaBase = Table.Add("llama.base", 130e6, 0.6, "B", "What llama.cpp and the driver hold beside what is logged.");
        LlamaBuffer = Table.Add("llama.buffer", 2, 0.7, "", "States of 512 tokens in llama.cpp's compute buffer.");
        TorchBase = Table.Add("torch.base", 150e6, 0.7, "B", "What PyTorch's allocator holds beside tensors in inference.");
        TorchWeights = Table.Add("torch.weights", 1.02, 0.03, "", "What PyTorch holds of each byte of weights in inference.");
        TorchState = Table.Add("torch.state", 1, 0.6, "", "Share of one layer's activations of a prompt that live at once in inference.");
        TorchLogits = Table.Add("torch.logits", 0.5, 0.8, "",
            "Share of all positions' outputs in 32 bits that live at once after a prompt.");
        TorchCache = Table.Add("torch.cache", 1.1, 0.2, "", "What PyTorch holds of each byte of cache.");
        Context = Table.Add("context", 450e6, 0.3, "B", "What driver and libraries hold outside of PyTorch's allocator.");
        TrainLayer = Table.Add("train.layer", 1, 0.15, "", "Factor on the activations that a layer keeps.");
        TrainFrozen = Table.Add("train.frozen", 0.85, 0.15, "", "Share of these with frozen weights.");
        TrainLogits = Table.Add("train.logits", 18, 0.3, "B",
            "Bytes of each output: in 16 and in 32 bits, shifted, their logarithms, and the gradients.");
        TrainChunked = Table.Add("train.chunked", 5, 0.5, "B", "The same where the loss is made from parts of the outputs.");
        TrainBase = Table.Add("train.base", 400e6, 0.5, "B", "What training holds beside tensors.");
        TrainMixed = Table.Add("train.mixed", 3, 0.5, "B",
            "Bytes of copies for each trained weight while weights of 32 bits are changed beside those of 16.");
        TrainDequantized = Table.Add("train.dequantized", 1, 0.5, "", "Layers whose quantised weights live in 16 bits at once.");
        EngineCache = Table.Add("engine.cache", 1.1, 0.15, "", "What other engines hold of each byte of cache.");
        EngineState = Table.Add("engine.state", 0.5, 0.5, "",
            "Share of one layer's activations of a prompt that live at once in other engines.");
        EngineBase = Table.Add("engine.base", 1.5e9, 0.5, "B", "What other engines hold beside weights and cache.");
    }

    public static Constant LlamaBase { get; }

    public static Constant LlamaBuffer { get; }

    public static Constant TorchBase { get; }

    public static Constant TorchWeights { get; }

    public static Constant TorchState { get; }

    public static Constant TorchLogits { get; }

    public static Constant TorchCache { get; }

    public static Constant Context { get; }

    public static Constant TrainLayer { get; }

    public static Constant TrainFrozen { get; }

    public static Constant TrainLogits { get; }

    public static Constant TrainChunked { get; }

    public static Constant TrainMixed { get; }

    public static Constant TrainBase { get; }

    public static Constant TrainDequantized { get; }

    public static Constant EngineCache { get; }

    public static Constant EngineState { get; }

    public static Constant EngineBase { get; }
}
