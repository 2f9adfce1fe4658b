namespace DeepGpu.Models.Json;

/// <summary>A call of a layer that may refer to layers further down in the file.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Number">Which of its calls, from 0.</param>
/// <param name="Call">What the file says of it.</param>
internal sealed record WaitingCall(string Layer, int Number, InboundCall Call)
{
    private (string Layer, int Call) Key => (Layer, Number);

    /// <summary>The calls it comes after: those it refers to, and its layer's call before it.</summary>
    private IEnumerable<(string Layer, int Call)> Needs
        => Call.References.Select(reference => (reference.Layer, reference.Call)).Concat(Number == 0 ? [] : [(Layer, Number - 1)]);

    /// <summary>The calls, each after those it needs.</summary>
    /// <param name="calls">The calls as the file lists them.</param>
    /// <param name="made">Calls that are there already: those of inputs.</param>
    /// <param name="hasLayer">Whether the file has a layer of a name.</param>
    /// <exception cref="ModelFormatException">A call refers to what does not exist, or waits for itself.</exception>
    public static IEnumerable<WaitingCall> InOrder(List<WaitingCall> calls,
        HashSet<(string Layer, int Call)> made, Func<string, bool> hasLayer)
    {
        var missing = calls.ToDictionary(call => call, call => call.Needs.Where(need => !made.Contains(need)).ToHashSet());
        var dependents = missing.SelectMany(pair => pair.Value, (pair, need) => (need, pair.Key))
            .ToLookup(pair => pair.need, pair => pair.Key);
        var ready = new Queue<WaitingCall>(calls.Where(call => missing[call].Count == 0));
        while (ready.TryDequeue(out var call))
        {
            yield return call;
            foreach (var dependent in dependents[call.Key].Where(other => missing[other].Remove(call.Key) && missing[other].Count == 0))
                ready.Enqueue(dependent);
        }

        var stuck = calls.Where(call => missing[call].Count > 0).ToDictionary(call => call.Key, call => missing[call]);
        if (stuck.Count > 0) throw Unknown(stuck, hasLayer) ?? Cycle(stuck);
    }

    /// <summary>A reference to what the file does not have; null where it has everything.</summary>
    private static ModelFormatException? Unknown(Dictionary<(string Layer, int Call), HashSet<(string Layer, int Call)>> stuck,
        Func<string, bool> hasLayer)
    {
        var unknown = stuck.SelectMany(pair => pair.Value, (pair, need) => (From: StrictJson.Printable(pair.Key.Layer), To: need))
            .FirstOrDefault(pair => !stuck.ContainsKey(pair.To));
        if (unknown.From is null) return null;
        var name = StrictJson.Printable(unknown.To.Layer);
        return hasLayer(unknown.To.Layer)
            ? FunctionalReader.Broken("missing_call", "A graph may refer only to calls it has,",
                $"but '{unknown.From}' refers to call {unknown.To.Call} of '{name}'.")
            : FunctionalReader.Broken("missing_layer", "A graph may refer only to layers it has,",
                $"but '{unknown.From}' refers to '{name}'.");
    }

    /// <summary>Follows what waits for what until something comes again: that is in the circle.</summary>
    private static ModelFormatException Cycle(Dictionary<(string Layer, int Call), HashSet<(string Layer, int Call)>> stuck)
    {
        var seen = new HashSet<(string Layer, int Call)>();
        var current = stuck.Keys.First();
        while (seen.Add(current)) current = stuck[current].First();
        return FunctionalReader.Broken("cycle", "A graph may not run in a circle,",
            $"but '{StrictJson.Printable(current.Layer)}' waits for its own output.");
    }
}
