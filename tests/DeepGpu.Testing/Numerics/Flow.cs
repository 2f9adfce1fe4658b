namespace DeepGpu.Testing.Numerics;

/// <summary>A value between layers: numbers, and which steps (batch, time) are not padding.</summary>
internal sealed record Flow(Values Values, bool[,]? Mask = null);

/// <summary>One call of a layer.</summary>
/// <param name="Inputs">What goes in.</param>
/// <param name="Weights">The layer's weights.</param>
/// <param name="IsTraining">Whether the pass is part of training.</param>
internal sealed record Call(IReadOnlyList<Flow> Inputs, WeightValues Weights, bool IsTraining)
{
    /// <summary>The first input's numbers.</summary>
    public Values X => Inputs[0].Values;

    /// <summary>The first input's mask.</summary>
    public bool[,]? Mask => Inputs[0].Mask;

    /// <summary>The same pass of a part of the layer, on other inputs.</summary>
    public Call Inside(string part, params IReadOnlyList<Flow> inputs) => this with { Inputs = inputs, Weights = Weights.Inside(part) };
}

/// <summary>A layer's weights by name, and what training passes make of those that no optimizer changes.</summary>
internal sealed class WeightValues(IReadOnlyDictionary<string, Values> weights, Dictionary<string, Values> updates, string prefix = "")
{
    /// <summary>A weight.</summary>
    public Values this[string name] => weights[prefix + name];

    /// <summary>A weight; null where the layer's options leave it out.</summary>
    public Values? Find(string name) => weights.GetValueOrDefault(prefix + name);

    /// <summary>The names of the parts, in order.</summary>
    public IEnumerable<string> Parts => weights.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..].Split('/')[0]).Distinct();

    /// <summary>The weights of a part.</summary>
    public WeightValues Inside(string part) => new(weights, updates, $"{prefix}{part}/");

    /// <summary>These weights with another value of one, which it also has after the pass.</summary>
    public WeightValues Replaced(string name, Values values)
    {
        Update(name, values);
        return new(new Dictionary<string, Values>(weights) { [prefix + name] = values }, updates, prefix);
    }

    /// <summary>Says what a weight is after the pass.</summary>
    public void Update(string name, Values values) => updates[prefix + name] = values;
}
