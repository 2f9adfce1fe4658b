using DeepGpu;
using DeepGpu.Distributed.Worker;
using TorchSharp;

// The processes of the tests: `worker COMMAND FOLDER`, plainly or under mpirun.
var (command, folder) = (args[0], args[1]);
var timeout = TimeSpan.FromSeconds(command is "cases" or "benchmark" or "soak" ? 120 : 3);
if (command == "absent" && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") == "1") Thread.Sleep(TimeSpan.FromMinutes(2));
using var processes = Distribution.Initialize(new() { Timeout = timeout });
TorchRuntime.Start();
torch.set_num_threads(1);
switch (command)
{
    case "cases":
        foreach (var training in Cases.All()) Runs.Train(training, processes, folder);
        break;
    case "collectives":
        Runs.Collectives(processes, folder);
        break;
    case "benchmark":
        Runs.Benchmark(processes);
        break;
    case "soak":
        Runs.Soak(processes, folder);
        break;
    case "stop":
        Runs.Stop(processes, folder);
        break;
    case "resume":
        Runs.Resume(processes, folder, args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : null);
        break;
    default:
        Failures.Run(command, processes, folder);
        break;
}
