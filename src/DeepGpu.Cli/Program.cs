using DeepGpu;
using DeepGpu.Cli;

AllocatorTuning.KeepLargeBlocks();
return CommandLine.Run(args, Console.Out, Console.Error);
