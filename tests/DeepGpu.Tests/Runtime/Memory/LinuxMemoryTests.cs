using DeepGpu.Runtime;

namespace DeepGpu.Tests.Runtime.Memory;

/// <summary>What Linux tells of memory, from files as its documentation shows them.</summary>
public sealed class LinuxMemoryTests : IDisposable
{
    private const long Kibi = 1024;

    private readonly string _root = Directory.CreateTempSubdirectory("deepgpu-linux-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Where_nothing_is_told_nothing_is_known() => new LinuxMemory(_root).Least().Should().BeNull();

    [Fact]
    public void Swap_counts_with_what_is_available()
    {
        Write("proc/meminfo", "MemTotal:       9000 kB", "MemFree:         100 kB", "MemAvailable:   4000 kB", "SwapFree:        500 kB");
        new LinuxMemory(_root).Least().Should().Be(new FreeMemory(4500 * Kibi, "the CPU", "MemAvailable and SwapFree"));
    }

    [Fact]
    public void The_tightest_group_around_the_process_counts_and_files_it_can_drop_are_free()
    {
        Write("proc/meminfo", "MemAvailable:   4000 kB");
        Write("proc/self/cgroup", "0::/outer/inner");
        Group("sys/fs/cgroup/outer/inner", "max", "700", "inactive_file 10");
        Group("sys/fs/cgroup/outer", "1000", "700", "anon 3", "inactive_file 44", "file 5");
        new LinuxMemory(_root).Least().Should().Be(new FreeMemory(344, "the CPU", "memory.max of its control group"));
    }

    [Fact]
    public void The_older_kind_of_groups_is_read_too()
    {
        Write("proc/self/cgroup", "5:cpu,cpuacct:/", "4:memory:/job");
        Write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "5000");
        Write("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "4000");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "4100");
        new LinuxMemory(_root).Least().Should().Be(new FreeMemory(1000, "the CPU", "memory.limit_in_bytes of its control group"));
    }

    [Fact]
    public void The_limit_of_addresses_counts_less_what_is_mapped()
    {
        Write("proc/meminfo", "MemAvailable:   4000000 kB");
        Write("proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max address space         100000000            unlimited            bytes     ");
        Write("proc/self/statm", "1000 10 5 1 0 20 0");
        new LinuxMemory(_root).Least().Should().Be(new FreeMemory(100_000_000 - 1000L * Environment.SystemPageSize, "the CPU",
            "the limit of addresses, ulimit -v"));
    }

    [Theory]
    [InlineData("unlimited")]
    [InlineData("nonsense")]
    public void What_is_no_limit_is_left_out(string limit)
    {
        Write("proc/self/limits", $"Max address space         {limit}            unlimited            bytes     ");
        Write("proc/self/statm", "1000 10 5 1 0 20 0");
        Write("proc/self/cgroup", "0::/");
        Group("sys/fs/cgroup", limit, "7", "inactive_file 1");
        new LinuxMemory(_root).Least().Should().BeNull();
    }

    [Fact]
    public void More_used_than_allowed_leaves_nothing()
    {
        Write("proc/self/cgroup", "0::/");
        Group("sys/fs/cgroup", "1000", "3000", "inactive_file 5");
        new LinuxMemory(_root).Least()!.Value.Bytes.Should().Be(0);
    }

    private void Group(string folder, string limit, string usage, params string[] statistics)
    {
        Write($"{folder}/memory.max", limit);
        Write($"{folder}/memory.current", usage);
        Write($"{folder}/memory.stat", statistics);
    }

    private void Write(string path, params string[] lines)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
    }
}
