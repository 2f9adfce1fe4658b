using System.Globalization;
using DeepGpu.Formats;

namespace DeepGpu;

/// <summary>A folder of checkpoints, held by one training at a time.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Prefix = "checkpoint-";
    private const string Extension = ".deepgpu";

    private readonly FileStream _lock;
    private readonly string _path;
    private readonly int _keep;

    private CheckpointFolder(string path, int keep, FileStream held) => (_path, _keep, _lock) = (path, keep, held);

    /// <summary>Opens or makes a folder, and removes what a killed process left half written.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="keep">How many checkpoints are kept.</param>
    /// <exception cref="CheckpointException">The folder cannot be written to, or another training holds it.</exception>
    public static CheckpointFolder Open(string path, int keep)
    {
        try
        {
            PrivateFiles.CreateFolder(path);
            var held = PrivateFiles.Open(Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var leftover in Directory.EnumerateFiles(path, $"{Prefix}*.tmp")) File.Delete(leftover);
            return new(path, keep, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ModelFormatException)
        {
            throw IsHeld(path) ? InUse(path, e) : NotWritable(path, e);
        }
    }

    /// <summary>The newest checkpoint that is whole; null where there is none at all.</summary>
    /// <param name="notes">Told of damaged ones.</param>
    /// <exception cref="CheckpointException">There are checkpoints, and all are damaged.</exception>
    public Checkpoint? Newest(ICollection<string> notes)
    {
        var damages = new List<ModelFormatException>();
        foreach (var file in Files())
        {
            try
            {
                return Checkpoint.Read(file);
            }
            catch (ModelFormatException e)
            {
                damages.Add(e);
                notes.Add($"Checkpoint '{PrintableText.Of(file)}' is damaged and was passed over: {e.Message}");
            }
        }

        return damages.Count == 0 ? null : throw AllDamaged(damages);
    }

    /// <summary>Writes a checkpoint, then removes the oldest beyond those kept.</summary>
    public void Write(Checkpoint checkpoint, long step)
    {
        AtomicFile.Write(Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D12}{Extension}")),
            checkpoint.Write);
        foreach (var old in Files().Skip(_keep)) File.Delete(old);
    }

    /// <summary>Removes every checkpoint.</summary>
    public void Clear()
    {
        foreach (var file in Files()) File.Delete(file);
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Newest first.</summary>
    private List<string> Files() => [.. Directory.EnumerateFiles(_path, $"{Prefix}*{Extension}").OrderDescending(StringComparer.Ordinal)];

    private static bool IsHeld(string path)
        => File.Exists(Path.Combine(path, ".lock")) && OperatingSystemRefuses(Path.Combine(path, ".lock"));

    private static bool OperatingSystemRefuses(string file)
    {
        try
        {
            using var read = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static CheckpointException InUse(string path, Exception cause) => new(
        new("checkpoint_folder_in_use", "One training at a time may use a folder of checkpoints,", $"but '{path}' is in use.",
            "Wait for the other training, or give this one a folder of its own."),
        cause);

    private static CheckpointException NotWritable(string path, Exception cause) => new(
        new("checkpoint_folder", "The folder of checkpoints must be one that can be written to,", $"but '{path}' is not: {cause.Message}",
            "Choose another folder, or correct its permissions."),
        cause);

    private CheckpointException AllDamaged(List<ModelFormatException> damages) => new(
        new("no_whole_checkpoint", "A folder with checkpoints must hold a whole one,",
            $"but in '{_path}' all are damaged: {damages[0].Message}",
            "Restore one from elsewhere, or empty the folder to start from the beginning."),
        damages[0]);
}
