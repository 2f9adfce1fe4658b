using System.Text.Json.Nodes;

namespace DeepGpu;

/// <summary>Tells why a checkpoint cannot be continued.</summary>
internal static class CheckpointDifferences
{
    /// <summary>One line for each thing that differs between a checkpoint and the call that would go on from it.</summary>
    public static IEnumerable<string> Between(TrainingSession session, Checkpoint checkpoint)
        => [.. Model(session, checkpoint), .. Identity(SessionState.Identity(session), checkpoint.Progress["identity"] as JsonObject ?? []),
            .. Sums(session, checkpoint)];

    private static List<string> Model(TrainingSession session, Checkpoint checkpoint)
    {
        var weights = session.Model.Weights.ToDictionary(weight => weight.Name,
            weight => string.Join("x", weight.Spec.Shape), StringComparer.Ordinal);
        var saved = checkpoint.Weights.ToDictionary(pair => pair.Key, pair => string.Join("x", pair.Value.Shape), StringComparer.Ordinal);
        var lines = weights.Keys.Union(saved.Keys).Where(name => weights.GetValueOrDefault(name) != saved.GetValueOrDefault(name))
            .Select(name => Line($"weight '{name}'", saved.GetValueOrDefault(name), weights.GetValueOrDefault(name))).ToList();
        if (lines.Count == 0 && session.Model.Spec.ToJson(session.Model.Extensions) != checkpoint.Description)
            lines.Add("the model's layers have other options");
        return lines;
    }

    private static IEnumerable<string> Identity(JsonObject now, JsonObject saved)
        => now.Where(pair => !JsonNode.DeepEquals(pair.Value, saved[pair.Key]))
            .Select(pair => Line(pair.Key, saved[pair.Key]?.ToString(), pair.Value?.ToString()));

    private static IEnumerable<string> Sums(TrainingSession session, Checkpoint checkpoint)
        => SessionState.Sums(session)
            .Where(sum => !(checkpoint.Arrays.TryGetValue(sum.Name, out var saved)
                && saved.Shape.Select(length => (long)length).SequenceEqual(sum.Sum.shape)))
            .Select(sum => $"the sums of '{sum.Name}' have another size");

    private static string Line(string what, string? saved, string? now) => $"{what} was {saved ?? "absent"} and is {now ?? "absent"}";
}
