namespace DeepGpu.Operations;

/// <summary>What <see cref="PanelProduct{T}"/> does beside the product.</summary>
/// <param name="Adds">Whether the product is added to what is there instead of the bias.</param>
/// <param name="Relu">Whether negative results become 0.</param>
internal readonly record struct PanelMode(bool Adds, bool Relu);
