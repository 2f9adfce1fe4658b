using System.Runtime.CompilerServices;

namespace DeepGpu.Operations;

/// <summary>A function of each number by itself.</summary>
internal interface IElementwise
{
    /// <summary>The function's values.</summary>
    static abstract T Of<T>(T x)
        where T : struct, ILane<T>;
}

/// <summary>What is done with numbers that lie one after another.</summary>
/// <typeparam name="T">The kind of register.</typeparam>
internal static unsafe class LaneArrays<T>
    where T : struct, ILane<T>
{
    private const int MostLane = 16;

    /// <summary>A function of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TFunction>(float* from, float* to, long count)
        where TFunction : struct, IElementwise
    {
        long i = 0;
        for (; i <= count - T.Count; i += T.Count) T.Store(TFunction.Of(T.Load(from + i)), to + i);
        if (i == count) return;
        var rest = stackalloc float[MostLane];
        new ReadOnlySpan<float>(from + i, (int)(count - i)).CopyTo(new(rest, MostLane));
        T.Store(TFunction.Of(T.Load(rest)), rest);
        new ReadOnlySpan<float>(rest, (int)(count - i)).CopyTo(new(to + i, (int)(count - i)));
    }

    /// <summary>e^x / sum e^x of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(float* from, float* to, long rows, int length)
    {
        for (; rows > 0; rows--, from += length, to += length)
        {
            var most = float.NegativeInfinity;
            for (var i = 0; i < length; i++) most = float.Max(most, from[i]);
            for (var i = 0; i < length; i++) to[i] = from[i] - most;
            Map<Exponential>(to, to, length);
            var sum = 0f;
            for (var i = 0; i < length; i++) sum += to[i];
            for (var i = 0; i < length; i++) to[i] /= sum;
        }
    }

    /// <summary>x scale + shift, of each channel of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* from, float* to, float* scale, float* shift, long rows, int channels)
    {
        for (; rows > 0; rows--, from += channels, to += channels)
        {
            var i = 0;
            for (; i <= channels - T.Count; i += T.Count)
                T.Store(T.MultiplyAdd(T.Load(from + i), T.Load(scale + i), T.Load(shift + i)), to + i);
            for (; i < channels; i++) to[i] = MathF.FusedMultiplyAdd(from[i], scale[i], shift[i]);
        }
    }

    /// <summary>The largest number of each channel in a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Largest(float* from, float* to, int channels, WindowPart window)
    {
        var i = 0;
        for (; i <= channels - T.Count; i += T.Count)
        {
            var most = T.Load(from + i);
            for (var y = 0; y < window.Height; y++)
            {
                var line = from + (long)y * window.Line + i;
                for (var x = 0; x < window.Width; x++) most = T.Larger(most, T.Load(line + x * channels));
            }

            T.Store(most, to + i);
        }

        for (; i < channels; i++)
        {
            var most = from[i];
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++) most = float.Max(most, from[(long)y * window.Line + x * channels + i]);
            }

            to[i] = most;
        }
    }

    /// <summary>The mean of each channel in a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mean(float* from, float* to, int channels, WindowPart window)
    {
        var (i, cells) = (0, (float)window.Height * window.Width);
        for (; i <= channels - T.Count; i += T.Count)
        {
            var sum = T.Of(0f);
            for (var y = 0; y < window.Height; y++)
            {
                var line = from + (long)y * window.Line + i;
                for (var x = 0; x < window.Width; x++) sum += T.Load(line + x * channels);
            }

            T.Store(sum / T.Of(cells), to + i);
        }

        for (; i < channels; i++)
        {
            var sum = 0f;
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++) sum += from[(long)y * window.Line + x * channels + i];
            }

            to[i] = sum / cells;
        }
    }

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* a, float* b, float* to, long count)
    {
        long i = 0;
        for (; i <= count - T.Count; i += T.Count) T.Store(T.Load(a + i) + T.Load(b + i), to + i);
        for (; i < count; i++) to[i] = a[i] + b[i];
    }

    private readonly struct Exponential : IElementwise
    {
        public static TLane Of<TLane>(TLane x)
            where TLane : struct, ILane<TLane> => LaneFunctions<TLane>.Exp(x);
    }
}

/// <summary>The cells of a window that exist.</summary>
/// <param name="Height">Lines.</param>
/// <param name="Width">Cells of a line.</param>
/// <param name="Line">Numbers from one line to the next.</param>
internal readonly record struct WindowPart(int Height, int Width, int Line);
