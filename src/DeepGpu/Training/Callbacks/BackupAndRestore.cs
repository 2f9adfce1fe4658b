using DeepGpu.Training;

namespace DeepGpu;

/// <summary>Keeps checkpoints in a folder, and continues from the newest whole one when Fit is called again: after a crash, a kill,
/// or a cancellation. Keras: https://keras.io/api/callbacks/backup_and_restore/</summary>
/// <remarks>
/// On a CPU the weights, the optimizer and the history end up byte for byte as without the interruption.
/// A checkpoint is a model file as well: <see cref="Model.Load"/> opens it.
/// A checkpoint that cannot be written (a full disk) is noted in the history; training continues, and the older ones stay.
/// </remarks>
/// <param name="folder">Where checkpoints are kept; made if need be. One training at a time may use it.</param>
/// <param name="saveFrequency">Saves after every so many steps; null for each epoch's end. Default null.</param>
/// <param name="keep">How many are kept, at least 1. Default 2, so that a damaged one has another behind it.</param>
/// <param name="deleteCheckpoint">Whether they are removed when training ends as planned. Default true, as in Keras.</param>
public sealed class BackupAndRestore(string folder, int? saveFrequency = null, int keep = 2, bool deleteCheckpoint = true) : Callback
{
    private readonly string _path = string.IsNullOrWhiteSpace(folder)
        ? throw new ArgumentException("A folder is needed.", nameof(folder))
        : folder;
    private readonly int? _saveFrequency = saveFrequency is { } steps
        ? Require.AtLeast(steps, 1, nameof(BackupAndRestore), nameof(saveFrequency))
        : null;
    private readonly int _keep = Require.AtLeast(keep, 1, nameof(BackupAndRestore));
    private CheckpointFolder? _folder;

    /// <inheritdoc/>
    protected internal override IReadOnlyCollection<string> AddedLogs => [];

    /// <inheritdoc/>
    internal override Checkpoint? Find(TrainingContext context)
    {
        var group = context.Session.Compiled.Group;
        if (group is { IsFirst: false }) return group.FromFirst((string?)null) is { } file ? Checkpoint.Read(file) : null;
        _folder = CheckpointFolder.Open(_path, _keep);
        var newest = _folder.Newest(context.Session.Steps.Notes);
        group?.FromFirst(newest?.Path);
        return newest;
    }

    /// <inheritdoc/>
    internal override void OnTurn(TrainingContext context, TrainingTurn turn)
    {
        if (IsDue(context, turn)) Save(context);
    }

    /// <inheritdoc/>
    internal override void OnExit(bool isFinished)
    {
        if (isFinished && deleteCheckpoint) _folder?.Clear();
        _folder?.Dispose();
        _folder = null;
    }

    private bool IsDue(TrainingContext context, TrainingTurn turn) => turn switch
    {
        TrainingTurn.Batch => context.Step % _saveFrequency == 0,
        TrainingTurn.Epoch => _saveFrequency is null,
        TrainingTurn.End => !deleteCheckpoint && _saveFrequency is not null,
        _ => true,
    };

    private void Save(TrainingContext context)
    {
        if (context.Session.Compiled.Group is { } group) group.GatherIn(context.Session);
        if (_folder is null) return;
        try
        {
            _folder.Write(SessionState.Capture(context.Session), context.Step);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            context.Session.Steps.Notes.Add($"Step {context.Step}: the checkpoint could not be written: {PrintableText.Of(e.Message)}");
        }
    }
}
