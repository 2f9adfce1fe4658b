using DeepGpu.Operations;

namespace DeepGpu.Lowering;

/// <summary>A convolution along one or two axes, channels last. Its rows are the windows' lines where they lie: nothing is copied but an
/// input that is padded.</summary>
internal sealed unsafe class ConvolutionStep : ProductStep
{
    private readonly PlanePositions _plane;
    private readonly int _filters;
    private readonly nint _weights;
    private readonly nint _bias;
    private readonly bool _isLine;
    private readonly Run[] _runs;

    /// <summary>Plans a convolution.</summary>
    /// <param name="weights">(filters, height, width, channels), or along one axis (filters, channels, width).</param>
    /// <param name="bias">A number for each filter; 0 for none.</param>
    /// <param name="plane">How the kernel moves.</param>
    /// <param name="filters">How many filters there are.</param>
    /// <param name="isLine">Whether it is along one axis.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    public ConvolutionStep(nint weights, nint bias, PlanePositions plane, int filters, bool isLine, bool relu)
        : base(weights, bias, plane.Height.Kernel * plane.Width.Kernel * plane.Channels, filters, relu)
    {
        (_plane, _filters, _weights, _bias, _isLine) = (plane, filters, weights, bias, isLine);
        _runs = isLine || plane.Width.Dilation != 1 ? Cells(plane) : Lines(plane);
    }

    protected override int Rows => _plane.Height.Outputs * _plane.Width.Outputs;

    protected override ReadOnlySpan<Run> Runs => _runs;

    protected override PanelSource Source => _isLine && _plane.Width.Kernel > 1
        ? new(_weights, _bias, _filters, _filters, _plane.Width.Kernel, _plane.Channels)
        : PanelSource.Plain(_weights, _bias, _filters, _plane.Height.Kernel * _plane.Width.Kernel * _plane.Channels);

    public override long Scratch(int samples)
        => base.Scratch(samples) + (_plane.IsPadded ? (long)samples * _plane.PaddedSize : 0);

    protected override void Find(PlanCall call, nint* rows)
    {
        var from = _plane.IsPadded ? call.Scratch + 2L * Rows * call.Samples : call.Input;
        if (_plane.IsPadded) _plane.Pad(call.Input, from, call.Samples);
        var line = _plane.PaddedWidth * _plane.Channels;
        for (var sample = 0; sample < call.Samples; sample++)
        {
            for (var y = 0; y < _plane.Height.Outputs; y++)
            {
                var at = from + (long)sample * _plane.PaddedSize + (long)y * _plane.Height.Stride * line;
                for (var x = 0; x < _plane.Width.Outputs; x++) *rows++ = (nint)(at + x * _plane.Width.Stride * _plane.Channels);
            }
        }
    }

    private static Run[] Lines(PlanePositions plane)
        => [.. Enumerable.Range(0, plane.Height.Kernel).Select(y => new Run(
            y * plane.Height.Dilation * plane.PaddedWidth * plane.Channels, plane.Width.Kernel * plane.Channels))];

    private static Run[] Cells(PlanePositions plane)
        => [.. Enumerable.Range(0, plane.Height.Kernel).SelectMany(y => Enumerable.Range(0, plane.Width.Kernel).Select(x => new Run(
            (y * plane.Height.Dilation * plane.PaddedWidth + x * plane.Width.Dilation) * plane.Channels, plane.Channels)))];
}
