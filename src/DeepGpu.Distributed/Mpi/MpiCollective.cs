using System.Runtime.InteropServices;
using System.Text;
using DeepGpu.Distributed.Nccl;

namespace DeepGpu.Distributed.Mpi;

/// <summary>The processes of an MPI job. GPU memory goes through NCCL where every process has it.</summary>
internal sealed class MpiCollective : ICollective
{
    private const int NameLength = 256;
    private readonly MpiCalls _mpi;
    private readonly Watchdog _watchdog;
    private readonly string[] _hosts;
    private NcclLibrary? _nccl;
    private bool? _takesGpuMemory;
    private bool _isEnded;

    public MpiCollective(MpiLibrary library, TimeSpan timeout, int expected)
    {
        (_mpi, _hosts) = (new(library), [Environment.MachineName]);
        _watchdog = new(timeout) { End = Abort };
        var threads = 0;
        _watchdog.Run($"the start of {expected} processes", () => threads = _mpi.Begin());
        (Rank, WorldSize) = (_mpi.Rank(), _mpi.Size());
        _hosts = Hosts();
        LocalRank = _hosts.Take(Rank).Count(host => host == _hosts[Rank]);
        if (threads == 3) ListenIn();
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Abort(1, (e.ExceptionObject as Exception)?.ToString() ?? "unknown error");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnExit();
    }

    public int Rank { get; }

    public int WorldSize { get; } = 1;

    public int LocalRank { get; }

    public string Engine => _nccl is null ? _mpi.Library.Version : $"{_mpi.Library.Version}, NCCL";

    public bool TakesGpuMemory => _takesGpuMemory ??= FindNccl();

    public string HostOf(int rank) => _hosts[rank];

    public void AllReduce(CollectiveBuffer buffer, ReduceOperation operation = ReduceOperation.Sum) => _watchdog.Run("all-reduce", () =>
    {
        if (buffer.IsOnGpu) _nccl!.AllReduce(buffer, operation);
        else _mpi.AllReduce(buffer, operation);
    });

    public void Broadcast(CollectiveBuffer buffer, int root = 0) => _watchdog.Run("broadcast", () =>
    {
        if (buffer.IsOnGpu) _nccl!.Broadcast(buffer, root);
        else _mpi.Broadcast(buffer, root);
    });

    public void AllGather(CollectiveBuffer source, CollectiveBuffer target) => _watchdog.Run("all-gather", () =>
    {
        if (source.IsOnGpu) _nccl!.AllGather(source, target);
        else _mpi.AllGather(source, target);
    });

    public void Barrier() => _watchdog.Run("barrier", _mpi.Barrier);

    public void Abort(int exitCode, string reason)
    {
        Console.Error.WriteLine($"DeepGpu: rank {Rank} on {_hosts[Math.Min(Rank, _hosts.Length - 1)]} ends all processes: {reason}");
        Console.Error.Flush();
        _isEnded = true;
        if (_hosts.Length > 1) _mpi.Abort(exitCode);
        LeaveAtOnce(exitCode);
    }

    public void Dispose()
    {
        if (_isEnded) return;
        _isEnded = true;
        _watchdog.Run("the end of the program", _mpi.Barrier);
        Leave();
    }

    /// <summary>Ends MPI without waiting for others.</summary>
    public void Leave()
    {
        _isEnded = true;
        _nccl?.Dispose();
        _watchdog.Run("the end of MPI", _mpi.End);
    }

    /// <summary>A process that ends with an error ends the others, which would wait for it.</summary>
    private void OnExit()
    {
        if (_isEnded) return;
        if (Environment.ExitCode != 0) Abort(Environment.ExitCode, $"it exits with code {Environment.ExitCode}");
        else Dispose();
    }

    private unsafe string[] Hosts()
    {
        var name = new byte[NameLength];
        var all = new byte[NameLength * WorldSize];
        Encoding.UTF8.GetBytes(Environment.MachineName.AsSpan(0, Math.Min(Environment.MachineName.Length, 60)), name);
        fixed (byte* own = name)
        fixed (byte* target = all)
            AllGather(new((nint)own, NameLength, DataType.UInt8), new((nint)target, all.Length, DataType.UInt8));
        return [.. Enumerable.Range(0, WorldSize).Select(rank => Encoding.UTF8.GetString(all, rank * NameLength,
            NameLength).TrimEnd('\0'))];
    }

    /// <summary>Lets the watchdogs talk to each other beside the operations.</summary>
    private unsafe void ListenIn()
    {
        var apart = _mpi.Duplicate();
        var reached = new long[WorldSize];
        _watchdog.Announce = number =>
        {
            for (var rank = 0; rank < WorldSize; rank++)
                if (rank != Rank) _mpi.Send((long*)number, rank, apart);
        };
        _watchdog.Missing = number =>
        {
            for (var rank = 0; rank < WorldSize; rank++)
                while (rank != Rank && _mpi.Receive(rank, apart) is { } told) reached[rank] = Math.Max(reached[rank], told);
            return string.Join(", ", Enumerable.Range(0, WorldSize).Where(rank => rank != Rank && reached[rank] < number)
                .Select(rank => $"rank {rank} on {_hosts[rank]}"));
        };
    }

    /// <summary>Whether every process can use NCCL.</summary>
    private unsafe bool FindNccl()
    {
        var found = NcclLibrary.Find();
        var all = found is null ? 0 : 1;
        AllReduce(new((nint)(&all), 1, DataType.Int32), ReduceOperation.Min);
        if (all == 0) return false;
        var id = stackalloc byte[NcclLibrary.IdLength];
        if (Rank == 0) found!.NewId(id);
        Broadcast(new((nint)id, NcclLibrary.IdLength, DataType.UInt8));
        found!.Join(id, Rank, WorldSize);
        _nccl = found;
        return true;
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void LeaveAtOnce(int code);
}
