using DeepGpu.Models;
using DeepGpu.Onnx.Schema;
using Google.Protobuf;

namespace DeepGpu.Testing;

/// <summary>ONNX files of every kind of structure, small: what is damaged to see that readers hold.</summary>
public static class OnnxSamples
{
    /// <summary>The files.</summary>
    public static IReadOnlyList<byte[]> All =>
    [
        new OnnxSample().Input("x", "n", 3, 8, 8).Weight("w", 4, 3, 3, 3).Weight("b", 4).Positive("g", 4).Weight("m", 4)
            .Node("Conv", "x w b", "c", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }))
            .Node("BatchNormalization", "c g b m g", "d", ("epsilon", 0.01)).Node("Relu", "d", "r")
            .Node("MaxPool", "r", "p", ("kernel_shape", new[] { 2, 2 })).Node("GlobalAveragePool", "p", "a").Node("Flatten", "a", "f")
            .Weight("k", 4, 5).Node("Gemm", "f k", "y", ("alpha", 0.5)).Output("y").Bytes,
        new OnnxSample().Input("x", "n", "time", 4).Weight("w", 2, 12, 4).Weight("r", 2, 12, 3).Whole("to", 0, 0, 6)
            .Node("Transpose", "x", "t", ("perm", new[] { 1, 0, 2 })).Node("LSTM", "t w r", "e", ("hidden_size", 3),
                ("direction", "bidirectional"))
            .Node("Transpose", "e", "s", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "s to", "j")
            .Node("Transpose", "j", "y", ("perm", new[] { 1, 0, 2 })).Output("y").Bytes,
        new OnnxSample().Input("x", "n", 12, "time").Single("zero", 0).Whole("rest", 3, -1).Whole("front", 0).Node("Shape", "x", "s")
            .Node("Gather", "s zero", "b").Node("Unsqueeze", "b front", "b1").Node("Concat", "b1 rest", "to", ("axis", 0))
            .Node("Reshape", "x to", "r").Whole("start", 1).Whole("end", 3).Whole("axis", 1).Node("Slice", "r start end axis", "p")
            .Whole("margins", 0, 0, 1, 0, 1, 2).Node("Pad", "p margins", "q").Node("Split", "q", "h i", ("axis", 1))
            .Node("Einsum", "h i", "y", ("equation", "bct,bcu->btu")).Says("z", "n", 4).Node("com.example:Mystery", "y",
                "z").Output("z").Bytes,
        Branched(),
        WithFunction(),
    ];

    /// <summary>Describes a file and asks for all that a description says; lengths that stay open may be refused.</summary>
    public static void Use(string path)
    {
        var spec = ModelSpec.FromOnnx(path);
        _ = spec.Summary();
        _ = spec.FlopsByLayer();
        try
        {
            _ = spec.Training(batchSize: 2, timeSteps: 5).FlopsPerStep;
        }
        catch (DeepGpuArgumentException e) when (e.Fault.Code == "open_input_shape")
        {
            // A length that neither the batch nor the time steps say.
        }
    }

    private static byte[] Branched()
    {
        var branch = new GraphProto
        {
            Name = "b",
            Node = { OnnxSample.NodeOf("Neg", "x", "o") },
            Output = { new ValueInfoProto { Name = "o" } }
        };
        return new OnnxSample(13).Input("x", "n", 4).Single("one", 1).Node("Equal", "one one", "c")
            .Node("If", "c", "y", ("then_branch", branch), ("else_branch", branch)).Output("y").Bytes;
    }

    private static byte[] WithFunction()
    {
        var sample = new OnnxSample(18).Input("x", "n", 4).Weight("w", 4, 4).Node("own:Twice", "x w", "y").Output("y");
        sample.Model.Functions.Add(new FunctionProto
        {
            Domain = "own",
            Name = "Twice",
            Input = { "i", "w" },
            Output = { "o" },
            OpsetImport = { new OperatorSetIdProto { Version = 18 } },
            Node = { OnnxSample.NodeOf("MatMul", "i w", "m"), OnnxSample.NodeOf("MatMul", "m w", "o") },
        });
        sample.Model.Graph.Initializer.Add(OnnxSample.Tensor("e", 1, [4], tensor =>
        {
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "w.bin" });
        }));
        return sample.Model.ToByteArray();
    }
}
