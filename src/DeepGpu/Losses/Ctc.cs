using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>-log(probability of a sequence of labels over all its alignments with time): connectionist temporal classification.</summary>
/// <remarks>Output (batch, time, classes) of logits, never of probabilities; targets (batch, labels) of class indices. Class 0 is the
/// blank: it fills rows up, and is no label. As in Keras a row has as many labels as it has entries other than 0, taken from its front, and
/// every time step counts. A row that needs more steps than there are, one a label and one between equal neighbours, has an infinite loss;
/// <see cref="CheckTargets"/> refuses it. Graves and others, 2006, https://www.cs.toronto.edu/~graves/icml_2006.pdf.
/// Keras: https://keras.io/api/losses/</remarks>
[KerasClass("CTC")]
public sealed class Ctc : Loss
{
    private const int Blank = 0;

    /// <inheritdoc/>
    public override string Name => "ctc";

    internal override TargetForm Form => TargetForm.LabelSequence;

    /// <inheritdoc/>
    public override torch.Tensor PerSample(torch.Tensor target, torch.Tensor output, bool isLogits)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        var labels = target.to(torch.ScalarType.Int64);
        var steps = torch.full([output.shape[0]], Number(output.shape[1]), torch.ScalarType.Int64);
        var lengths = labels.ne(Number(Blank)).sum(1).cpu();
        var logs = output.log_softmax(-1).transpose(0, 1);
        return torch.nn.functional.ctc_loss(logs, labels, steps, lengths, Blank, zero_infinity: false, torch.nn.Reduction.None);
    }

    /// <inheritdoc/>
    public override void CheckTargets(NDArray targets, Shape output)
    {
        base.CheckTargets(targets, output);
        if (output[2] is { } classes) TargetValues.AreClassIndices(targets, classes, Name);
        if (output[1] is { } steps) FitInto(steps, [.. ElementNumbers.Of(targets)], targets.Shape[1]);
    }

    private void FitInto(int steps, double[] targets, int width)
    {
        for (var row = 0; row * width < targets.Length; row++)
        {
            var needed = Needed(targets.AsSpan(row * width, width));
            if (needed > steps) throw TooLong(row, needed, steps);
        }
    }

    /// <summary>The fewest time steps that a row's labels can be said in.</summary>
    private static int Needed(ReadOnlySpan<double> row)
    {
        var labels = row[..(row.Length - row.Count(Blank))];
        var repeats = 0;
        for (var i = 1; i < labels.Length; i++) if (labels[i] == labels[i - 1]) repeats++;
        return labels.Length + repeats;
    }

    private TrainingDataException TooLong(int row, int needed, int steps) => new(new(
        "labels_too_long",
        $"{Name} needs a time step for each label and one between equal neighbours,",
        $"but the labels of sample {row} need {needed} of {steps}.",
        "Leave the sample out, or let the model keep more time steps."));
}
