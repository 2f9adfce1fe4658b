namespace DeepGpu.Models.Architectures;

/// <summary>What torchvision calls the network that a method builds.</summary>
/// <param name="name">E.g. "vgg11_bn".</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
