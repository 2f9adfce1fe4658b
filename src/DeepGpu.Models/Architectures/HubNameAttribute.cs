namespace DeepGpu.Models.Architectures;

/// <summary>What Hugging Face's hub calls the network that a method builds.</summary>
/// <param name="name">E.g. "bert-base-uncased".</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HubNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
