namespace DeepGpu.Models.Registry;

/// <summary>Moves an option from its place among the parameters of the method that makes its object.</summary>
/// <remarks>The order is that of declaration: the class's own options, then those of each class it derives from, what all classes of the
/// kind have at the end.</remarks>
/// <param name="order">Below 0 before all options, above 0 behind them but before what all classes of the kind have.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionOrderAttribute(int order) : Attribute
{
    /// <summary>Below 0 before all options, above 0 behind them.</summary>
    public int Order { get; } = order;
}
