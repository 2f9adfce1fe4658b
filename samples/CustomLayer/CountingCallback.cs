using System.Text.Json.Nodes;
using DeepGpu;

namespace CustomLayer;

/// <summary>A callback that keeps state: it counts the steps of a training, over interruptions too.</summary>
/// <remarks>It needs no registration: no file names it, Fit is given it again.</remarks>
public sealed class CountingCallback : Callback
{
    public int Steps { get; private set; }

    public override void OnTrainBegin(TrainingContext context) => Steps = 0;

    public override void OnBatchEnd(TrainingContext context) => Steps++;

    public override CallbackState SaveState() => new(new JsonObject { ["steps"] = Steps });

    public override void RestoreState(CallbackState state) => Steps = (int)state.Values["steps"]!;
}
