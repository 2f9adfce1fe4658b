using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepGpu.Runtime;

/// <summary>What Linux says of the memory this process may still take: the machine's (with swap), its control groups' and its own limit of
/// addresses.</summary>
/// <remarks>What the C library keeps of freed blocks counts as free: https://www.kernel.org/doc/html/latest/filesystems/proc.html,
/// .../admin-guide/cgroup-v2.html, mallinfo(3), getrlimit(2).</remarks>
/// <param name="root">The folder that stands for "/": tests pass another.</param>
internal sealed class LinuxMemory(string root = "/")
{
    /// <summary>The least of what is told; null where nothing is.</summary>
    public FreeMemory? Least()
    {
        (long? Bytes, string Source)[] figures =
        [
            (Machine(), "MemAvailable and SwapFree"),
            (Unified(), "memory.max of its control group"),
            (Legacy(), "memory.limit_in_bytes of its control group"),
            (Addresses(), "the limit of addresses, ulimit -v"),
        ];
        var (least, source) = figures.Where(figure => figure.Bytes is not null).OrderBy(figure => figure.Bytes).FirstOrDefault();
        return least is { } bytes ? new(Math.Max(bytes + (root == "/" ? Kept() : 0), 0), "the CPU", source) : null;
    }

    private long? Machine()
    {
        var lines = Lines("proc/meminfo");
        return Kibibytes(lines, "MemAvailable:") is { } available ? available + (Kibibytes(lines, "SwapFree:") ?? 0) : null;
    }

    /// <summary>The smallest room in the process's group and those around it (version 2).</summary>
    private long? Unified()
    {
        if (Lines("proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal)) is not { } own) return null;
        return Chain(own[3..]).Select(group => Room($"sys/fs/cgroup{group}", "memory.max", "memory.current", "inactive_file"))
            .Where(room => room is not null).Min();
    }

    /// <summary>The smallest room in the process's group and those around it (version 1).</summary>
    private long? Legacy()
    {
        var groups = Lines("proc/self/cgroup").Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3);
        var own = groups.FirstOrDefault(parts => parts[1].Split(',').Contains("memory"));
        return own is null ? null : Chain(own[2]).Select(LegacyRoom).Where(room => room is not null).Min();
    }

    private long? LegacyRoom(string group)
        => Room($"sys/fs/cgroup/memory{group}", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");

    /// <summary>A group's limit less what it uses; pages of files that it can drop count as free. Null without a limit.</summary>
    private long? Room(string folder, string limit, string usage, string droppable)
    {
        if (Number(Lines($"{folder}/{limit}").FirstOrDefault()) is not { } most || most > long.MaxValue / 2) return null;
        if (Number(Lines($"{folder}/{usage}").FirstOrDefault()) is not { } used) return null;
        var files = Lines($"{folder}/memory.stat").Select(line => line.Split(' ')).FirstOrDefault(parts => parts[0] == droppable);
        return most - used + (Number(files?.ElementAtOrDefault(1)) ?? 0);
    }

    private long? Addresses()
    {
        const string Name = "Max address space";
        var line = Lines("proc/self/limits").FirstOrDefault(text => text.StartsWith(Name, StringComparison.Ordinal));
        if (Number(line is null ? null : Words(line[Name.Length..]).FirstOrDefault()) is not { } limit) return null;
        return Number(Lines("proc/self/statm").FirstOrDefault()?.Split(' ')[0]) * -Environment.SystemPageSize + limit;
    }

    /// <summary>A group's path and those of the groups around it, the outermost last.</summary>
    private static IEnumerable<string> Chain(string path)
    {
        for (var group = path.TrimEnd('/'); group.Length > 0; group = group[..group.LastIndexOf('/')]) yield return group;
        yield return "";
    }

    private string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long? Kibibytes(string[] lines, string name)
        => Number(lines.Select(Words).FirstOrDefault(words => words.FirstOrDefault() == name)?.ElementAtOrDefault(1)) * 1024;

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long? Number(string? text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Bytes of freed blocks that glibc keeps for later; 0 where the C library does not tell.</summary>
    private static long Kept()
    {
        try
        {
            return (long)mallinfo2().Free;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return 0;
        }
    }

    [DllImport("libc")]
    private static extern MallocInformation mallinfo2();

    /// <summary>glibc's struct mallinfo2, whose ninth number is the free bytes in all arenas.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInformation
    {
        private readonly nuint _arena, _ordinaryBlocks, _fastBlocks, _mappedBlocks, _mapped, _highest, _fastFree, _used, _free, _trimmable;

        public nuint Free => _free;
    }
}
