using System.CommandLine;
using DeepGpu.Soak;

return new RootCommand("Long runs that look for what short tests miss.")
{
    Fuzz.Create(),
    Kills.Create(),
    Kills.CreateVictim(),
    Numerics.Create(),
    Steps.Create(),
    Mix.Create(),
    MixVictim.Create(),
}.Parse(args).Invoke();
