namespace DeepGpu;

/// <content>Training that goes on from a model file.</content>
public sealed partial class Model
{
    private string? _whyNotCompiled;

    /// <summary>Compiles the model as a file says and takes the optimizer's state over. With what this library does not know it stays uncompiled, and says why when it shall be trained.</summary>
    internal void Resume(StoredTraining training)
    {
        try
        {
            Compile(CompileJson.Read(training.Config, Spec));
            Take(_compiled!, training);
        }
        catch (Exception e) when (e is IFaultSource or FormatException or InvalidOperationException or OverflowException)
        {
            Uncompile();
            _whyNotCompiled = e.Message;
        }
    }

    private StoredTraining? Training()
    {
        if (_compiled is not { } compiled || CompileJson.Write(compiled.Options, compiled.Stepper.Described) is not { } config) return null;
        return new(config, OptimizerVariables.Write(compiled.Stepper, Spec.Name))
        {
            Position = new() { ["seed"] = _seed, ["epochs"] = compiled.Epochs, ["steps"] = compiled.Steps },
        };
    }

    private void Take(Compiled compiled, StoredTraining training)
    {
        if (training.Variables.Count > 0)
        {
            var state = OptimizerVariables.Read(compiled.Stepper, [.. training.Variables.Select(variable => variable.Value)]);
            compiled.Stepper.Restore(state ?? throw new FormatException($"The optimizer's state has {training.Variables.Count} variables, which do not fit the model."));
            compiled.Steps = state.Steps;
        }

        if (training.Position is not { } position) return;
        (_seed, compiled.Epochs, compiled.Steps) = ((int?)position["seed"] ?? _seed, (int?)position["epochs"] ?? 0, (long?)position["steps"] ?? compiled.Steps);
    }
}
