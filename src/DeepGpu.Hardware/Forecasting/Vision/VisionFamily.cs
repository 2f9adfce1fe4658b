namespace DeepGpu.Hardware;

/// <summary>What a network for pictures is made of.</summary>
public enum VisionFamily
{
    /// <summary>Convolutions: ResNet, EfficientNet, ConvNeXt.</summary>
    Convolutional,

    /// <summary>Attention over patches, all layers of one width and number of patches: ViT, DeiT, BEiT, EVA.</summary>
    Transformer,

    /// <summary>Attention in stages of fewer and wider patches, or in windows: Swin, PVT, MViT.</summary>
    Hierarchical,

    /// <summary>Convolutions and attention: CoAtNet, MaxViT, MobileViT.</summary>
    Hybrid,

    /// <summary>Dense layers over patches and channels: MLP-Mixer.</summary>
    Perceptron,
}
