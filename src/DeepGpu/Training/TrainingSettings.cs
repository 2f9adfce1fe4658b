using System.Globalization;

namespace DeepGpu.Training;

/// <summary>Notes in a history what was trained and how.</summary>
internal static class TrainingSettings
{
    public static void Write(TrainingSession session, TimeSpan time)
    {
        var (spec, options, optimizer) = (session.Model.Spec, session.Options, session.Compiled.Stepper);
        var history = session.History;
        history.Set("model", spec.Name);
        history.Set("parameters", Invariant($"{spec.ParameterCount:N0}, of them {spec.TrainableParameterCount:N0} trainable"));
        history.Set("optimizer", optimizer.Optimizer.GetType().Name);
        history.Set("learning rate",
            Invariant($"{optimizer.LearningRate:G6}{(optimizer.IsScheduled ? " at the end of its schedule" : "")}"));
        history.Set("losses", string.Join(", ", session.Compiled.Options.Outputs.Select(output => output.Loss?.GetType().Name ?? "none")));
        history.Set("batch size", Invariant($"{options.BatchSize}"));
        history.Set("steps", Invariant($"{session.Compiled.Steps:N0}"));
        history.Set("device", session.Model.Device.ToString());
        history.Set("seed", Invariant($"{session.Seed}"));
        history.Set("time", Invariant($"{time.TotalSeconds:0.0} s"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
