// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- compare [--json] [--full]
// dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- --filter '*'
using BenchmarkDotNet.Running;
using DeepGpu.Benchmarks;

if (args is [CompareCommand.Name, ..]) return CompareCommand.Run(CompareOptions.Parse(args));
if (args is [Worker.Command, var network, var contender, var device]) return Worker.Run(network, contender, device);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
