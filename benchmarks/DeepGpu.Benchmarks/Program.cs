// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- compare [--json] [--full] [--peer onnxruntime]
// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- allocation
// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- probe
// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- --filter '*'
using DeepGpu.Benchmarks;

return args switch
{
    [CompareCommand.Name, ..] => CompareCommand.Run(CompareOptions.Parse(args)),
    [Worker.Command, var network, var contender, var device] => Worker.Run(network, contender, device),
    [AllocationCommand.Name] => AllocationCommand.Run(),
    [ProbeCommand.Name] => ProbeCommand.Run(),
    [ProbeCommand.Name, var turn] => ProbeCommand.Take(turn),
    _ => SmallParts(args),
};

static int SmallParts(string[] args)
{
#if COMPARE_ONLY
    Console.Error.WriteLine($"This package holds only {CompareOptions.Usage}, not: {string.Join(' ', args)}");
    return 1;
#else
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
#endif
}
