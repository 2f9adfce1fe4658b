using Microsoft.Extensions.Options;

namespace DeepGpu.Hardware;

/// <summary>The faults of options as the options system takes them: all together.</summary>
internal static class OptionFaults
{
    public static ValidateOptionsResult Result(IEnumerable<Fault?> found)
    {
        List<string> faults = [.. found.OfType<Fault>().Select(fault => fault.ToString())];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
