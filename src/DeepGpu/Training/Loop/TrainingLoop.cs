using System.Diagnostics;
using TorchSharp;

namespace DeepGpu;

/// <summary>Runs the epochs of one call of Fit.</summary>
internal sealed class TrainingLoop(TrainingSession session, BatchSource train, Evaluator? validation, CancellationToken cancellation)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    private readonly TrainingContext _context = new(session);
    private readonly Stopwatch _clock = new();
    private TimeSpan _lastReport;

    private FitOptions Options => session.Options;

    public History Run()
    {
        session.Epoch = 1;
        Call((callback, context) => callback.OnTrainBegin(context));
        for (; session.Epoch <= Options.Epochs && session.StopReason is null; session.Epoch++) RunEpoch();
        session.Epoch = Math.Min(session.Epoch, Options.Epochs);
        Call((callback, context) => callback.OnTrainEnd(context));
        session.History.AddNotes(session.Steps.Notes);
        if (session.StopReason is { } reason) session.History.AddNotes([reason]);
        return session.History;
    }

    private void RunEpoch()
    {
        _clock.Restart();
        _lastReport = TimeSpan.Zero;
        if (session.Batch == 0) Begin();
        RunBatches();
        var logs = session.ReadLogs();
        if (validation is not null && session.Epoch % Options.ValidationFrequency == 0) Validate(logs);
        Call((callback, context) => callback.OnEpochEnd(context, logs));
        session.History.Add(logs);
        session.Batch = 0;
        Report(logs, isEnd: true);
    }

    private void Begin()
    {
        session.ResetLogs();
        session.Compiled.Epochs = session.FirstEpoch + session.Epoch;
        Call((callback, context) => callback.OnEpochBegin(context));
    }

    private void RunBatches()
    {
        session.Batches = Options.StepsPerEpoch ?? train.Batches(Options.BatchSize) ?? session.Batches;
        using var batches = train.Epoch(session.Compiled.Epochs, Options.BatchSize, session.Batch, cancellation).GetEnumerator();
        while (session.StopReason is null && session.Batch != Options.StepsPerEpoch && RunBatch(batches))
        {
            if (Options.Progress is not null && _clock.Elapsed - _lastReport >= ReportInterval) Report(session.ReadLogs(), isEnd: false);
        }

        if (session.StopReason is null) session.Batches = session.Batch;
    }

    private bool RunBatch(IEnumerator<TensorBatch> batches)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = torch.NewDisposeScope();
        if (!batches.MoveNext()) return false;
        Call((callback, context) => callback.OnBatchBegin(context));
        var batch = batches.Current;
        if (session.Steps.Run(batch) is { } losses) session.Logs.Add(losses, batch.Size);
        else NotFinite(batch);
        session.Batch++;
        Call((callback, context) => callback.OnBatchEnd(context));
        return true;
    }

    private void NotFinite(TensorBatch batch)
    {
        var where = session.Steps.FirstNonFinite(batch);
        if (Options.NonFinite == NonFinitePolicy.Throw) throw NonFiniteException.At(session.Epoch, session.Batch + 1, where);
        var note = $"Epoch {session.Epoch}, batch {session.Batch + 1}: not finite, {where}; the step was not applied.";
        if (Options.NonFinite == NonFinitePolicy.Stop) session.StopReason = note;
        else session.Steps.Notes.Add(note);
    }

    private void Validate(Dictionary<string, double> logs)
    {
        foreach (var (name, value) in validation!.Run(Options.BatchSize, cancellation)) logs["val_" + name] = value;
    }

    private void Report(IReadOnlyDictionary<string, double> logs, bool isEnd)
    {
        _lastReport = _clock.Elapsed;
        Options.Progress?.Report(new(session.Epoch, Options.Epochs, session.Batch == 0 ? session.Batches ?? 0 : session.Batch, session.Batches, logs, _clock.Elapsed) { IsEpochEnd = isEnd });
    }

    private void Call(Action<Callback, TrainingContext> turn)
    {
        foreach (var callback in Options.Callbacks)
        {
            try
            {
                turn(callback, _context);
            }
            catch (Exception e) when (e is not OperationCanceledException and not DeepGpuException)
            {
                throw CallbackException.Of(callback, e);
            }
        }
    }
}
