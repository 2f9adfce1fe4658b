using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>A folder for one test's files.</summary>
public abstract class OnnxFixture : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("deepgpu-onnx-").FullName;

    /// <summary>The description of a sample.</summary>
    protected ModelSpec Read(OnnxSample sample, OnnxImportOptions? options = null) => ModelSpec.FromOnnx(sample.Save(Folder), options);

    /// <summary>The code of the fault that reading a sample ends with.</summary>
    protected string CodeOf(OnnxSample sample) => Refused(sample).Fault.Code;

    protected ModelFormatException Refused(OnnxSample sample)
        => FluentActions.Invoking(() => Read(sample)).Should().Throw<ModelFormatException>().Which;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
