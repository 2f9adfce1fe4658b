using System.Text.Json.Nodes;
using TorchSharp;

namespace DeepGpu;

/// <summary>Takes a checkpoint of a session, and puts a session into the state of one.</summary>
internal static class SessionState
{
    public static Checkpoint Capture(TrainingSession session)
    {
        var callbacks = session.Options.Callbacks.Select((callback, i) => (callback, i, state: SaveState(callback))).ToList();
        var optimizer = session.Compiled.Stepper.Save();
        var arrays = new Dictionary<string, NDArray>(StringComparer.Ordinal);
        foreach (var (name, values) in optimizer.Arrays) arrays["optimizer/" + name] = values;
        foreach (var (name, tensor) in Sums(session)) arrays[name] = Tensors.ToArray(tensor);
        foreach (var name in session.History.Names)
            arrays["history/" + name] = NDArray.From<double>([.. session.History[name]], session.History[name].Count);
        foreach (var (name, state) in States(session)) arrays[name] = Tensors.ToArray(state);
        foreach (var (_, i, state) in callbacks) AddAll(arrays, $"callback/{i}/", state?.Arrays);
        return new(session.Model.Spec.ToJson(session.Model.Extensions), SavedWeights.Of(session.Model),
            Progress(session, optimizer, callbacks.Select(c => Progress(c.callback, c.state))), arrays);
    }

    /// <summary>All or nothing: what differs is found before anything is changed.</summary>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another training.</exception>
    public static void Restore(TrainingSession session, Checkpoint checkpoint)
    {
        var differences = CheckpointDifferences.Between(session, checkpoint).ToList();
        if (differences.Count > 0) throw new CheckpointMismatchException(checkpoint.Path, differences);
        using var writing = session.Compiled.Gate.Write();
        RestoreOptimizer(session, checkpoint);
        SavedWeights.Restore(session.Model, checkpoint.Weights);
        RestoreSums(session, checkpoint);
        RestoreStates(session, checkpoint);
        RestoreCounters(session, checkpoint.Progress);
        session.History = History.Of((int)checkpoint.Progress["history_epochs"]!,
            Part(checkpoint, "history/").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToArray<double>())),
            Texts(checkpoint.Progress["notes"]));
        RestoreCallbacks(session, checkpoint);
    }

    /// <summary>The sums of losses and metrics, by name.</summary>
    public static IEnumerable<(string Name, torch.Tensor Sum)> Sums(TrainingSession session)
        => session.Compiled.Metrics.SelectMany((metric, i) => metric.State.Sums.Select((sum, j) => ($"metric/{i}/{j}", sum)))
            .Append(("metric/loss", session.Logs.Sums));

    /// <summary>What stateful layers keep from the batch before, by name.</summary>
    private static IEnumerable<(string Name, torch.Tensor State)> States(TrainingSession session)
        => session.Compiled.StatefulLayers.SelectMany((layer, i) => layer.Kept.Select((state, j) => ($"state/{i}/{j}", state)));

    /// <summary>What identifies a training: it must be equal to go on.</summary>
    public static JsonObject Identity(TrainingSession session) => new()
    {
        ["optimizer"] = session.Compiled.Options.Optimizer.ToJson(session.Model.Extensions),
        ["seed"] = session.Seed,
        ["batch size"] = session.Options.BatchSize,
        ["steps an epoch"] = session.Options.StepsPerEpoch,
        ["shuffling"] = session.Options.Shuffle,
        ["data"] = session.DataFingerprint,
        ["losses"] = string.Join(", ", session.Compiled.LossNames),
        ["metrics"] = string.Join(", ", session.Compiled.Metrics.Select(metric => metric.Name)),
        ["callbacks"] = string.Join(", ", session.Options.Callbacks.Select(callback => callback.GetType().Name)),
    };

    private static JsonObject Progress(TrainingSession session, OptimizerState optimizer, IEnumerable<JsonNode?> callbacks) => new()
    {
        ["format"] = 1,
        ["identity"] = Identity(session),
        ["epoch"] = session.Epoch,
        ["batch"] = session.Batch,
        ["batches"] = session.Batches,
        ["first_epoch"] = session.FirstEpoch,
        ["epochs_begun"] = session.Compiled.Epochs,
        ["steps"] = session.Compiled.Steps,
        ["samples"] = session.Logs.Samples,
        ["part_size"] = session.Steps.PartSize,
        ["stop_reason"] = session.StopReason,
        ["history_epochs"] = session.History.Epochs,
        ["notes"] = new JsonArray([.. session.History.Notes.Concat(session.Steps.Notes).Select(note => (JsonNode)note)]),
        ["optimizer"] = new JsonObject
        {
            ["steps"] = optimizer.Steps,
            ["learning_rate"] = optimizer.LearningRate,
            ["loss_scale"] = optimizer.LossScale,
            ["finite_steps"] = optimizer.FiniteSteps
        },
        ["callbacks"] = new JsonArray([.. callbacks]),
    };

    private static JsonObject? Progress(Callback callback, CallbackState? state)
        => state is null ? null : new() { ["type"] = callback.GetType().Name, ["values"] = StateNumbers.Encoded(state.Values) };

    private static void RestoreOptimizer(TrainingSession session, Checkpoint checkpoint)
    {
        var facts = checkpoint.Progress["optimizer"]!;
        session.Compiled.Stepper.Restore(new((long)facts["steps"]!, (double?)facts["learning_rate"], (double)facts["loss_scale"]!,
            (int)facts["finite_steps"]!, Part(checkpoint, "optimizer/")));
    }

    private static void RestoreSums(TrainingSession session, Checkpoint checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var (name, sum) in Sums(session)) sum.copy_(Tensors.From(checkpoint.Arrays[name], sum.device));
    }

    private static void RestoreStates(TrainingSession session, Checkpoint checkpoint)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (layer, i) in session.Compiled.StatefulLayers.Select((layer, i) => (layer, i)))
        {
            var saved = Part(checkpoint, $"state/{i}/");
            layer.Keep([.. Enumerable.Range(0, saved.Count).Select(j => Tensors.From(saved[$"{j}"], session.Model.Device.ToTorch()))]);
        }
    }

    private static void RestoreCounters(TrainingSession session, JsonObject facts)
    {
        (session.Epoch, session.Batch, session.Batches) = ((int)facts["epoch"]!, (int)facts["batch"]!, (int?)facts["batches"]);
        (session.FirstEpoch, session.Compiled.Epochs, session.Compiled.Steps) =
            ((int)facts["first_epoch"]!, (int)facts["epochs_begun"]!, (long)facts["steps"]!);
        (session.Logs.Samples, session.Steps.PartSize, session.StopReason) =
            ((long)facts["samples"]!, (int)facts["part_size"]!, (string?)facts["stop_reason"]);
    }

    private static void RestoreCallbacks(TrainingSession session, Checkpoint checkpoint)
    {
        var states = checkpoint.Progress["callbacks"]!.AsArray();
        foreach (var (callback, i) in session.Options.Callbacks.Select((callback, i) => (callback, i)))
        {
            if (states[i]?["values"] is not JsonObject values) continue;
            var state = new CallbackState(StateNumbers.Decoded(values)!.AsObject(), Part(checkpoint, $"callback/{i}/"));
            CallbackException.Guard(callback, () => callback.RestoreState(state));
        }
    }

    private static CallbackState? SaveState(Callback callback)
    {
        CallbackState? state = null;
        CallbackException.Guard(callback, () => state = callback.SaveState());
        return state;
    }

    private static Dictionary<string, NDArray> Part(Checkpoint checkpoint, string prefix)
        => checkpoint.Arrays.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);

    private static void AddAll(Dictionary<string, NDArray> arrays, string prefix, IReadOnlyDictionary<string, NDArray>? more)
    {
        foreach (var (name, values) in more ?? new Dictionary<string, NDArray>()) arrays[prefix + name] = values;
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list is JsonArray array ? array.Select(text => (string)text!) : [];
}
