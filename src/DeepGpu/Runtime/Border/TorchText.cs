namespace DeepGpu.Runtime;

/// <summary>What torch's exceptions say, without the stack of C++ frames that follows.</summary>
internal static class TorchText
{
    private const int Longest = 400;

    private static readonly string[] Ends = ["\nException raised from", "\nframe #0:", "\nCUDA kernel errors might be"];

    /// <summary>The message of an exception; of torch's the first line alone, of a script's the error it ends with.</summary>
    public static string Of(Exception e)
    {
        if (!TorchBorder.IsOfTorch(e)) return e.Message;
        var text = Ends.Aggregate(e.Message, (rest, end) => rest.Split(end, 2)[0]);
        var error = text.LastIndexOf("RuntimeError: ", StringComparison.Ordinal);
        var line = (error < 0 ? text : text[(error + "RuntimeError: ".Length)..]).Trim().Split('\n', 2)[0].Trim();
        return line.Length > Longest ? line[..Longest] + "..." : line;
    }
}
