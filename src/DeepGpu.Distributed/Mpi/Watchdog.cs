using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepGpu.Distributed.Mpi;

/// <summary>Ends the job where an operation is not back in time: MPI itself waits for ever. Who has waited for a moment tells the others,
/// so that at the end those are known who did not come.</summary>
internal sealed unsafe class Watchdog
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly TimeSpan _limit;
    private readonly long* _sent = (long*)NativeMemory.AllocZeroed(1, sizeof(long));
    private string _operation = "";
    private long _number;
    private long _since;
    private long _announced;

    public Watchdog(TimeSpan limit)
    {
        _limit = limit;
        new Thread(Watch) { IsBackground = true, Name = "DeepGpu watchdog" }.Start();
    }

    /// <summary>Tells another process the number of the operation that this one waits in; null while nothing can be sent.</summary>
    public Action<nint>? Announce { get; set; }

    /// <summary>The processes that have not told of an operation of this number.</summary>
    public Func<long, string>? Missing { get; set; }

    /// <summary>Ends all processes with a message.</summary>
    public required Action<int, string> End { get; init; }

    /// <summary>Runs an operation under watch.</summary>
    public void Run(string operation, Action run)
    {
        Begin(operation);
        run();
        Volatile.Write(ref _since, 0);
    }

    private void Begin(string operation)
    {
        _operation = operation;
        _number++;
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(Tick);
            var (since, number) = (Volatile.Read(ref _since), Volatile.Read(ref _number));
            if (since == 0) continue;
            var waited = Stopwatch.GetElapsedTime(since);
            if (_announced != number && waited > _limit / 4) Tell(number);
            if (waited > _limit) GiveUp(number);
        }
    }

    private void Tell(long number)
    {
        _announced = number;
        *_sent = number;
        Announce?.Invoke((nint)_sent);
    }

    private void GiveUp(long number)
    {
        Thread.Sleep(_limit / 4);
        if (Volatile.Read(ref _number) != number || Volatile.Read(ref _since) == 0) return;
        var missing = Missing?.Invoke(number) is { Length: > 0 } names ? names : "another process";
        End(124, string.Create(CultureInfo.InvariantCulture,
            $"{missing} did not come to operation {number} ({_operation}) within {_limit.TotalSeconds:0.#} s: frozen or ended."));
    }
}
