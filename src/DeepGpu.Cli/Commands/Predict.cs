using System.CommandLine;
using DeepGpu.Cli.Arguments;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu predict MODEL --input x.npy --output y.npy: runs a model file on arrays,
/// one of each per model input and output, in order.</summary>
internal static class Predict
{
    public const string Name = "predict";
    public const string About = "Run a model file on arrays.";

    public static Command Create()
    {
        var model = new Argument<FileInfo>("MODEL") { Description = "A model file: .keras, .h5, or of DeepGpu." };
        var input = new Option<FileInfo[]>("--input")
        {
            Description = "A .npy file for each input of the model, in order: (samples, ...).",
            Required = true,
            AllowMultipleArgumentsPerToken = true
        };
        var output = new Option<FileInfo[]>("--output")
        {
            Description = "The .npy file to write for each output of the model, in order.",
            Required = true,
            AllowMultipleArgumentsPerToken = true
        };
        var batch = Options.Count("--batch-size", "Samples a step. Default 32.", standard: 32);
        var libTorch = Options.LibTorch();
        var command = new Command(Name, About) { model, input, output, batch, libTorch };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(libTorch) is { } folder) TorchRuntime.Start(new() { LibTorchFolder = folder.FullName });
            Run(parsed.GetValue(model)!.FullName, [.. parsed.GetValue(input)!.Select(file => file.FullName)],
                [.. parsed.GetValue(output)!.Select(file => file.FullName)], parsed.GetValue(batch),
                parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static void Run(string path, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, int batchSize, TextWriter notes)
    {
        var spec = ModelFile.ReadSpec(path);
        ModelArgument.NoteOmitted(spec, notes);
        CheckCount("input", spec, spec.Inputs.Count, inputs.Count);
        CheckCount("output", spec, spec.Outputs.Count, outputs.Count);
        foreach (var file in outputs) RegularFile.CheckWritable(file);
        var arrays = inputs.Select(Read).ToList();
        AllocatorTuning.KeepLargeBlocks();
        using var model = Model.Load(path, Device.Best());
        foreach (var (file, array) in outputs.Zip(model.Predict(arrays, batchSize)))
            AtomicFile.Write(file, stream => NpyFile.Write(stream, array));
    }

    private static void CheckCount(string side, ModelSpec spec, int expected, int files)
    {
        if (files != expected)
            throw Require.OutOfRange("predict", $"--{side}", $"{expected} files, one for each {side} of '{spec.Name}'", files);
    }

    private static NDArray Read(string path)
    {
        using var file = NpyFile.Open(path);
        return file.Read(file.Tensors[0]);
    }
}
