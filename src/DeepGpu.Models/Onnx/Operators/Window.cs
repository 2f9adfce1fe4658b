namespace DeepGpu.Models.Onnx;

/// <summary>How a window moves: its size, steps, spaces inside and what stands around its input, one number an axis.</summary>
internal sealed class Window
{
    private readonly OperatorCall _call;
    private readonly long[] _input;
    private readonly string _auto;

    private Window(OperatorCall call, long[] input, long[] kernel)
    {
        var rank = kernel.Length;
        (_call, _input, Kernel) = (call, input, kernel);
        (Strides, Dilations) = (Axes("strides", rank), Axes("dilations", rank));
        _auto = call.Node.Text("auto_pad", "NOTSET");
        Given = call.Node.Ints("pads") ?? new long[2 * rank];
        if (Given.Length != 2 * rank || Kernel.Any(length => length == 0)) throw call.Misfit($"a window and paddings of {rank} axes");
    }

    public long[] Kernel { get; }

    public long[] Strides { get; }

    public long[] Dilations { get; }

    /// <summary>The padding in numbers: the start of each axis, then the end of each.</summary>
    public long[] Given { get; }

    /// <summary>Whether positions at the end that are only partly filled count.</summary>
    public bool IsCeil => _call.Node.Int("ceil_mode", 0) != 0;

    /// <summary>Whether the padding is what makes outputs as long as inputs over strides, more of it at the end.</summary>
    public bool IsSameUpper => _auto == "SAME_UPPER";

    /// <summary>Whether the padding is as many numbers: not one of the automatic ones.</summary>
    public bool IsExplicit => _auto is "NOTSET" or "" or "VALID";

    /// <summary>The output's lengths.</summary>
    public IEnumerable<long> Lengths => Kernel.Select((_, axis) => Dims.Of(() => Length(axis), _input[axis + 2], Kernel[axis]));

    /// <summary>A window over an input of shape (batch, channels, ...).</summary>
    public static Window Of(OperatorCall call, long[] input, long[] kernel) => new(call, input, kernel);

    /// <summary>The paddings that hold, automatic ones in numbers.</summary>
    public (long Start, long End) Around(int axis)
    {
        if (_auto == "VALID") return (0, 0);
        if (_auto is not ("SAME_UPPER" or "SAME_LOWER")) return (Given[axis], Given[axis + Kernel.Length]);
        var whole = Math.Max(0, (Same(axis) - 1) * Strides[axis] + Reach(axis) - _input[axis + 2]);
        return IsSameUpper ? (whole / 2, whole - whole / 2) : (whole - whole / 2, whole / 2);
    }

    /// <summary>The length of a transposed convolution's output.</summary>
    public long Spread(int axis, long extra)
    {
        if (_input[axis + 2] < 0 || Kernel[axis] < 0) return -1;
        if (_auto is "SAME_UPPER" or "SAME_LOWER") return checked(_input[axis + 2] * Strides[axis]);
        var (start, end) = Around(axis);
        return checked((_input[axis + 2] - 1) * Strides[axis] + extra + Reach(axis) - start - end);
    }

    private long Length(int axis)
    {
        if (_auto is "SAME_UPPER" or "SAME_LOWER") return Same(axis);
        var (start, end) = Around(axis);
        var room = checked(_input[axis + 2] + start + end - Reach(axis));
        if (room < 0) throw _call.Misfit($"at least {Reach(axis) - start - end} positions on axis {axis + 2}");
        if (!IsCeil) return room / Strides[axis] + 1;
        var length = (room + Strides[axis] - 1) / Strides[axis] + 1;
        return (length - 1) * Strides[axis] >= _input[axis + 2] + start ? length - 1 : length; // no window starts in the padding at the end
    }

    private long Same(int axis) => (_input[axis + 2] + Strides[axis] - 1) / Strides[axis];

    private long Reach(int axis) => checked((Kernel[axis] - 1) * Dilations[axis] + 1);

    private long[] Axes(string name, int rank)
    {
        var given = _call.Node.Ints(name) ?? [.. Enumerable.Repeat(1L, rank)];
        return given.Length == rank && given.All(length => length is >= 1 and <= Dims.Longest) ? given
            : throw _call.Misfit($"{name} of {rank} axes of at least 1");
    }
}
