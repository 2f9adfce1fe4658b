namespace DeepGpu;

/// <summary>One thing that is wrong, in three parts: the rule, what was received and where, what to do.</summary>
/// <param name="Code">A stable snake_case name for programs, e.g. "gpu_not_found".</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Received">What was found instead, and where.</param>
/// <param name="Remedy">What the reader can do about it.</param>
public sealed record Fault(string Code, string Rule, string Received, string Remedy)
{
    /// <summary>The three parts as one text on one line: names of files and in files are made printable here
    /// (<see cref="PrintableText.Of"/>).</summary>
    public override string ToString() => PrintableText.Of($"{Rule} {Received} {Remedy}");
}
