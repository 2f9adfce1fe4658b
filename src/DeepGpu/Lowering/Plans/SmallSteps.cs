using DeepGpu.Models;
using DeepGpu.Operations;

namespace DeepGpu.Lowering;

/// <summary>The largest number or the mean of each window, channels last.</summary>
internal sealed unsafe class PoolingStep(PlanePositions plane, bool isMean) : PlanStep
{
    public override long Work
        => (long)plane.Height.Outputs * plane.Width.Outputs * plane.Height.Kernel * plane.Width.Kernel * plane.Channels / 4;

    public override void Run(PlanCall call)
    {
        var line = plane.Width.Length * plane.Channels;
        for (var (sample, to) = (0, (nint)call.Output); sample < call.Samples; sample++)
        {
            var from = call.Input + (long)sample * plane.Height.Length * line;
            for (var y = 0; y < plane.Height.Outputs; y++)
            {
                var (top, height) = plane.Height.Cells(y);
                for (var x = 0; x < plane.Width.Outputs; x++, to += plane.Channels * sizeof(float))
                {
                    var (left, width) = plane.Width.Cells(x);
                    Pool(from + (long)top * line + left * plane.Channels, (float*)to, new(height, width, line));
                }
            }
        }
    }

    private void Pool(float* from, float* to, WindowPart window)
    {
        if (isMean) Kernels.Mean(from, to, plane.Channels, window);
        else Kernels.Largest(from, to, plane.Channels, window);
    }
}

/// <summary>An activation.</summary>
internal sealed unsafe class ActivationStep(Activation activation, int size, int last) : PlanStep
{
    public override long Work => activation == Activation.Relu ? size : 8L * size;

    /// <summary>Whether a plan knows an activation.</summary>
    public static bool Knows(Activation activation) => activation is Activation.Linear or Activation.Relu or Activation.Relu6
        or Activation.Sigmoid or Activation.Tanh or Activation.Silu or Activation.Softmax;

    public override void Run(PlanCall call)
    {
        var count = (long)size * call.Samples;
        switch (activation)
        {
            case Activation.Relu: Kernels.Map<ReluValues>(call.Input, call.Output, count); break;
            case Activation.Relu6: Kernels.Map<Relu6Values>(call.Input, call.Output, count); break;
            case Activation.Sigmoid: Kernels.Map<SigmoidValues>(call.Input, call.Output, count); break;
            case Activation.Tanh: Kernels.Map<TanhValues>(call.Input, call.Output, count); break;
            case Activation.Silu: Kernels.Map<SiluValues>(call.Input, call.Output, count); break;
            case Activation.Softmax: Kernels.Softmax(call.Input, call.Output, count / last, last); break;
            default: Kernels.Map<UnchangedValues>(call.Input, call.Output, count); break;
        }
    }
}

/// <summary>Batch normalisation by the moving statistics: a factor and a summand for each channel, the last axis.</summary>
internal sealed unsafe class NormalizationStep(BatchNormalization layer, nint[] weights, int size, int channels) : PlanStep
{
    public override long Work => size;

    public override long Packed(int batch) => 2L * channels;

    public override void Pack(float* into)
    {
        float* gamma = (float*)weights[0], beta = (float*)weights[1], mean = (float*)weights[2], variance = (float*)weights[3];
        for (var i = 0; i < channels; i++)
        {
            var scale = (gamma is null ? 1 : gamma[i]) / MathF.Sqrt(variance[i] + (float)layer.Epsilon);
            (into[i], into[channels + i]) = (scale, (beta is null ? 0 : beta[i]) - mean[i] * scale);
        }
    }

    public override void Run(PlanCall call)
        => Kernels.Scale(call.Input, call.Output, call.Packed, call.Packed + channels, (long)size / channels * call.Samples, channels);
}

/// <summary>The sum of two values of one shape.</summary>
internal sealed unsafe class SumStep(int size) : PlanStep
{
    public override long Work => size;

    public override void Run(PlanCall call) => Kernels.Add(call.Input, call.Other, call.Output, (long)size * call.Samples);
}

/// <summary>A recurrent layer without masks or states of its own.</summary>
internal sealed unsafe class RecurrentStep(VectorSequence sequence, SequenceLayer layer, int steps) : PlanStep
{
    public override long Work => sequence.Shape.Work * steps;

    public override long Packed(int batch) => sequence.Shape.Packed;

    public override void Pack(float* into) => sequence.Pack(into);

    public override long Scratch(int samples) => sequence.Shape.Scratch(samples, steps);

    public override void Run(PlanCall call) => Kernels.Recur(sequence.Shape, call.Packed, new()
    {
        Samples = call.Samples,
        Steps = steps,
        Sequence = call.Input,
        Output = call.Output,
        All = layer.ReturnSequences,
        Backwards = layer.GoBackwards,
    }, call.Scratch);
}
