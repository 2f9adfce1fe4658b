namespace DeepGpu.Hardware;

/// <summary>A constant of a model of time, memory or power: what it is, and what is believed of it before any measurement.</summary>
/// <param name="Name">Its name in the calibration file.</param>
/// <param name="Prior">The value believed before measurements; above 0.</param>
/// <param name="Spread">How far, in natural logarithm, a value may be from the prior before it counts as one
/// standard deviation away.</param>
/// <param name="Unit">Its unit; empty for a factor.</param>
/// <param name="Meaning">What it stands for.</param>
internal sealed record ConstantDefinition(string Name, double Prior, double Spread, string Unit, string Meaning);

/// <summary>The constants of one model, in the order in which fits and calibration files hold their values.</summary>
internal sealed class ConstantTable
{
    private readonly List<ConstantDefinition> _definitions = [];

    public IReadOnlyList<ConstantDefinition> Definitions => _definitions;

    public double[] Priors => [.. _definitions.Select(definition => definition.Prior)];

    /// <summary>Adds a constant.</summary>
    public Constant Add(string name, double prior, double spread, string unit, string meaning)
    {
        _definitions.Add(new(name, prior, spread, unit, meaning));
        return new(_definitions.Count - 1);
    }
}
