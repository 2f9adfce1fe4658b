using System.CommandLine;
using DeepGpu.Cli.Arguments;

namespace DeepGpu.Cli.Commands;

/// <summary>deepgpu convert IN OUT: writes a model or its weights in another format. Needs no libtorch.</summary>
internal static class ConvertFile
{
    public const string Name = "convert";
    public const string About = "Write a model or its weights in another format.";

    public static Command Create()
    {
        var from = new Argument<FileInfo>("IN")
        {
            Description = "A model file (.keras, .h5, or of DeepGpu), or weights in any format that inspect shows."
        };
        var to = new Argument<FileInfo>("OUT")
        {
            Description = "A whole model becomes .keras, .h5, .onnx, .weights.h5 or .safetensors; weights alone become .safetensors, "
                + ".npz or .pth."
        };
        var command = new Command(Name, About) { from, to };
        command.SetAction(parsed => ModelArgument.NoteOmitted(
            ModelFile.Convert(parsed.GetValue(from)!.FullName, parsed.GetValue(to)!.FullName),
            parsed.InvocationConfiguration.Error));
        return command;
    }
}
