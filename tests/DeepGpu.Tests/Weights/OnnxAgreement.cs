using DeepGpu.Models;
using DeepGpu.Testing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DeepGpu.Tests.Weights;

/// <summary>Runs a file with ONNX Runtime and as a live model on the same numbers.</summary>
internal static class OnnxAgreement
{
    private const double Tolerance = 1e-5;

    /// <summary>The live model's outputs are ONNX Runtime's; returns the description.</summary>
    public static ModelSpec Check(OnnxSample sample, params int[][] shapes) => Check(sample.Bytes, shapes);

    /// <inheritdoc cref="Check(OnnxSample, int[][])"/>
    public static ModelSpec Check(byte[] file, params int[][] shapes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, file);
        try
        {
            return Check(path, [.. shapes.Select((shape, i) => Numbers(shape, i))]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc cref="Check(OnnxSample, int[][])"/>
    public static ModelSpec Check(string path, IReadOnlyList<NDArray> inputs)
    {
        var spec = ModelSpec.FromOnnx(path);
        spec.Obstacles.Should().BeEmpty();
        using var model = spec.ToModel(Device.Cpu, seed: 1);
        var ours = model.Predict(inputs);
        foreach (var (mine, peer) in ours.Zip(OfRuntime(path, inputs), (mine, peer) => (mine, peer)))
        {
            mine.Shape.Should().Equal(peer.Shape);
            Farthest(mine.ToArray<float>(), peer.ToArray<float>()).Should().BeLessThan(Tolerance);
        }

        return spec;
    }

    /// <summary>What ONNX Runtime yields, in the order of the file's outputs.</summary>
    public static IReadOnlyList<NDArray> OfRuntime(string path, IReadOnlyList<NDArray> inputs)
    {
        using var session = new InferenceSession(path);
        List<NamedOnnxValue> values = [.. session.InputNames.Zip(inputs, Value)];
        using var results = session.Run(values, session.OutputNames);
        return [.. results.Select(result => Array((DenseTensor<float>)result.AsTensor<float>().ToDenseTensor()))];
    }

    /// <summary>Numbers between -1 and 1 that are the same each time.</summary>
    public static NDArray Numbers(int[] shape, int seed)
    {
        var random = new Random(seed + 5);
        var count = shape.Aggregate(1, (product, length) => product * length);
        return NDArray.From<float>([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)], shape);
    }

    /// <summary>The largest difference, over the larger of 1 and the number itself.</summary>
    private static double Farthest(float[] ours, float[] theirs)
        => ours.Zip(theirs, (a, b) => Math.Abs((double)a - b) / Math.Max(1, Math.Abs((double)b))).Max();

    private static NamedOnnxValue Value(string name, NDArray array) => array.Type == DataType.Int64
        ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(array.ToArray<long>(), [.. array.Shape]))
        : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(array.ToArray<float>(), [.. array.Shape]));

    private static NDArray Array(DenseTensor<float> tensor) => NDArray.From<float>(tensor.Buffer.Span, tensor.Dimensions);
}
