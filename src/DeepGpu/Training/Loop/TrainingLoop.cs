using System.Diagnostics;
using DeepGpu.Data;
using DeepGpu.Replicas;
using TorchSharp;

namespace DeepGpu.Training;

/// <summary>Runs the epochs of one call of Fit.</summary>
internal sealed class TrainingLoop(TrainingSession session, BatchSource train, Evaluator? validation, CancellationToken cancellation)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    private readonly TrainingContext _context = new(session);
    private readonly SharedTurns? _turns = session.Compiled.Group is { } group ? new(group, session, cancellation) : null;
    private readonly CancellationToken _token = session.Compiled.Group is null ? cancellation : CancellationToken.None;
    private readonly Stopwatch _clock = new();
    private readonly Stopwatch _whole = Stopwatch.StartNew();
    private readonly IProgress<TrainingProgress>? _progress = session.Compiled.Group is { IsFirst: false }
        ? null
        : ConsoleProgress.Of(session.Options);
    private TimeSpan _lastReport;
    private bool _isResumable;
    private bool _isFinished;

    private FitOptions Options => session.Options;

    private ReplicaGroup? Group => session.Compiled.Group;

    /// <summary>The callbacks of this process: those that write files are the first one's.</summary>
    private IEnumerable<Callback> Callbacks => Options.Callbacks.Where(callback
        => Group is null or { IsFirst: true } || !callback.IsForFirstRank);

    public History Run()
    {
        using var callbacks = new CallbackUse(Options.Callbacks);
        try
        {
            Start();
            while (session.Epoch <= Options.Epochs && !(_turns?.IsStopping() ?? session.StopReason is not null)) RunEpoch();
            TakeTurn(TrainingTurn.End);
            var history = Finished();
            Group?.Wait();
            return history;
        }
        catch (OperationCanceledException) when (_isResumable)
        {
            TakeTurn(TrainingTurn.Interruption);
            throw;
        }
        catch (Exception e) when (Group is not null && e is not (OperationCanceledException or NonFiniteException or DistributionException))
        {
            Group.Fail(e);
            throw;
        }
        finally
        {
            foreach (var callback in Options.Callbacks) callback.OnExit(_isFinished);
        }
    }

    private void Start()
    {
        session.Epoch = Options.InitialEpoch + 1;
        var checkpoint = Options.Callbacks.Select(callback => callback.Find(_context)).LastOrDefault(found => found is not null);
        session.IsResumed = checkpoint is not null;
        if (Group is not null) Together.Begin(Group, session, train);
        Call((callback, context) => callback.OnTrainBegin(context));
        if (checkpoint is not null) SessionState.Restore(session, checkpoint);
        if (Group is not null) Together.Resume(Group, session);
    }

    private History Finished()
    {
        session.Epoch--;
        session.Compiled.Finish();
        Call((callback, context) => callback.OnTrainEnd(context));
        session.History.AddNotes(session.Steps.Notes);
        TrainingSettings.Write(session, _whole.Elapsed);
        if (session.StopReason is { } reason) session.History.AddNotes([reason]);
        _isFinished = true;
        return session.History;
    }

    private void RunEpoch()
    {
        _clock.Restart();
        _lastReport = TimeSpan.Zero;
        if (session.Batch == 0) Begin();
        RunBatches();
        var logs = session.ReadLogs(together: true);
        if (validation is not null && session.Epoch % Options.ValidationFrequency == 0) Validate(logs);
        Call((callback, context) => callback.OnEpochEnd(context, logs));
        session.History.Add(logs);
        Report(logs, isEnd: true);
        session.Batch = 0;
        session.Epoch++;
        TakeTurn(TrainingTurn.Epoch);
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
        using var batches = train.Epoch(session.Compiled.Epochs, Options.BatchSize, session.Batch, _token).GetEnumerator();
        while ((_turns is not null || session.StopReason is null) && session.Batch != Options.StepsPerEpoch && RunBatch(batches))
        {
            if (_progress is not null and not ConsoleProgress { IsLive: false } && _clock.Elapsed - _lastReport >= ReportInterval)
                Report(session.ReadLogs(), isEnd: false);
        }

        if (session.Batch == 0 && session.StopReason is null) throw DatasetChecks.Empty(
            $"epoch {session.Epoch} of the training data yields none");
        if (session.StopReason is null) session.Batches = session.Batch;
    }

    private bool RunBatch(IEnumerator<TensorBatch> batches)
    {
        _isResumable = true;
        _token.ThrowIfCancellationRequested();
        using var scope = torch.NewDisposeScope();
        var hasBatch = batches.MoveNext();
        if (_turns is not null) hasBatch = _turns.GoesOn(hasBatch ? batches.Current.Size : 0);
        _isResumable = false;
        if (!hasBatch) return false;
        Call((callback, context) => callback.OnBatchBegin(context));
        var batch = batches.Current;
        if (session.Steps.Run(batch) is { } losses) session.Logs.Add(losses, batch.Size, Group?.PartOf(batch.Size).Count);
        else NotFinite(batch);
        session.Batch++;
        Call((callback, context) => callback.OnBatchEnd(context));
        TakeTurn(TrainingTurn.Batch);
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
        Call((callback, context) => callback.OnTestBegin(context));
        _isResumable = true;
        foreach (var (name, value) in validation!.Run(Options.BatchSize, _token)) logs["val_" + name] = value;
        _isResumable = false;
        Call((callback, context) => callback.OnTestEnd(context));
    }

    private void Report(IReadOnlyDictionary<string, double> logs, bool isEnd)
    {
        _lastReport = _clock.Elapsed;
        if (_progress is not { } progress) return;
        var batch = session.Batch == 0 ? session.Batches ?? 0 : session.Batch;
        var reached = new TrainingProgress(session.Epoch, Options.Epochs, batch, session.Batches, logs, _clock.Elapsed);
        CallbackException.Guard(progress, () => progress.Report(reached with { IsEpochEnd = isEnd }));
    }

    private void TakeTurn(TrainingTurn turn)
    {
        foreach (var callback in Callbacks) callback.OnTurn(_context, turn);
    }

    private void Call(Action<Callback, TrainingContext> turn)
    {
        foreach (var callback in Callbacks)
        {
            try
            {
                turn(callback, _context);
            }
            catch (Exception e) when (e is not OperationCanceledException and not IFaultSource)
            {
                throw CallbackException.Of(callback, e);
            }
        }
    }
}
