using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace DeepGpu.OnnxRuntime;

/// <summary>One call of a session: arrays in place, outputs copied once.</summary>
internal static class SessionRun
{
    private static readonly RunOptions Plain = new();

    public static IReadOnlyList<NDArray> Batch(InferenceSession session, OnnxPort[] ports, NDArray[] inputs, OnnxPort[] outputs)
    {
        var pins = new MemoryHandle[inputs.Length];
        var values = new OrtValue[inputs.Length];
        try
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                pins[i] = inputs[i].Bytes.Pin();
                values[i] = Value(ports[i], inputs[i], pins[i]);
            }

            using var results = session.Run(Plain, session.InputNames, values, session.OutputNames);
            return [.. results.Select((result, i) => Copied(outputs[i].Type, result))];
        }
        catch (OnnxRuntimeException e)
        {
            throw Failed(inputs, e);
        }
        finally
        {
            foreach (var value in values) value?.Dispose();
            foreach (var pin in pins) pin.Dispose();
        }
    }

    /// <summary>The outputs of batches, one after another.</summary>
    public static IReadOnlyList<NDArray> Joined(IReadOnlyList<IReadOnlyList<NDArray>> batches)
        => [.. Enumerable.Range(0, batches[0].Count).Select(output => Joined([.. batches.Select(batch => batch[output])]))];

    private static unsafe OrtValue Value(OnnxPort port, NDArray array, MemoryHandle pin)
    {
        var shape = new long[array.Rank];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = array.Shape[axis];
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, port.ElementType, shape, (nint)pin.Pointer,
            array.Bytes.Length);
    }

    private static NDArray Copied(DataType type, OrtValue value)
    {
        var shape = value.GetTensorTypeAndShape().Shape;
        var lengths = new int[shape.Length];
        for (var axis = 0; axis < lengths.Length; axis++) lengths[axis] = checked((int)shape[axis]);
        return new(type, lengths, value.GetTensorMutableRawData().ToArray());
    }

    private static NDArray Joined(List<NDArray> parts)
    {
        var bytes = new byte[parts.Sum(part => part.Bytes.Length)];
        var start = 0;
        foreach (var part in parts)
        {
            part.Bytes.Span.CopyTo(bytes.AsSpan(start));
            start += part.Bytes.Length;
        }

        return new(parts[0].Type, [parts.Sum(part => part.Shape[0]), .. parts[0].Shape.Skip(1)], bytes);
    }

    private static DeepGpuException Failed(NDArray[] inputs, Exception cause) => new(new Fault(
        "onnx_run",
        "ONNX Runtime must run the model on the inputs,",
        $"which are {string.Join(", ", inputs.Select(input => input.TypeAndShape))}, but it says: {PrintableText.Of(cause.Message)}",
        "Check the shapes and values; an operator that this execution provider lacks runs on the Cpu."), cause);
}
