using DeepGpu.Onnx.Schema;
using Microsoft.Win32.SafeHandles;

namespace DeepGpu.Onnx.Files;

/// <summary>Where the bytes of a tensor lie that are not in the model's own file: in one beside it or below its folder.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record ExternalData(string Path, long Offset, long Length)
{
    private const int LongestName = 1024;

    /// <summary>What a tensor says, checked: the place is inside the folder, and inside the file if that is there.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="bytes">The bytes its shape asks for.</param>
    /// <param name="model">The model's file; null where it did not come from one.</param>
    /// <exception cref="ModelFormatException">It is not. No file was read.</exception>
    public static ExternalData Of(TensorProto tensor, long bytes, string? model)
    {
        var name = Entry(tensor, "location") ?? "";
        if (model is null || !IsBelow(name) || Resolve(model, name) is not { } path)
            throw OnnxFault.Because("path_escape", "External data must lie in the folder of its model or below it,",
                $"but is in '{StrictJson.Printable(name)}', which was not opened.", tensor.Name);
        var (offset, length) = (Number(tensor, "offset") ?? 0, Number(tensor, "length") ?? bytes);
        if (length != bytes || (File.Exists(path) && offset > LengthOf(path) - length))
            throw OnnxFault.Because("onnx_tensor_size", $"This tensor needs {bytes} bytes,",
                $"but '{StrictJson.Printable(name)}' has {length} from byte {offset}, or ends before.", tensor.Name);
        return new(path, offset, length);
    }

    /// <summary>Reads the bytes.</summary>
    /// <exception cref="ModelFormatException">The file is missing or shorter than it was.</exception>
    public byte[] Read()
    {
        if (!File.Exists(Path))
            throw OnnxFault.Because("missing_shard", "Every file that is named must be there,",
                $"but '{System.IO.Path.GetFileName(Path)}' is not.", help: "Put the file with the weights beside the model.");
        using var file = RegularFile.OpenHandle(Path);
        if (Offset > RandomAccess.GetLength(file) - Length) throw Short();
        var bytes = new byte[checked((int)Length)];
        Fill(file, bytes);
        return bytes;
    }

    private void Fill(SafeFileHandle file, byte[] bytes)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), Offset + read);
            read += more > 0 ? more : throw Short();
        }
    }

    private ModelFormatException Short()
        => OnnxFault.Because("onnx_tensor_size", "A file with weights must hold every tensor whole,",
            $"but '{System.IO.Path.GetFileName(Path)}' ends before.");

    private static long LengthOf(string path)
    {
        using var file = RegularFile.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long? Number(TensorProto tensor, string key)
    {
        if (Entry(tensor, key) is not { } text) return null;
        return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number
            : throw OnnxFault.Because("onnx_external_data", $"The {key} of external data must be a number of at least 0,",
                $"but is '{StrictJson.Printable(text)}'.", tensor.Name);
    }

    /// <summary>Whether a name is relative, climbs nowhere, and means the same on every system.</summary>
    private static bool IsBelow(string name)
        => name.Length is > 0 and <= LongestName && !name.Any(c => c is '\\' or ':' || char.IsControl(c))
            && Parts(name) is { Length: > 0 } parts && parts.All(part => part is not ("" or ".."));

    private static string[] Parts(string name) => [.. name.Split('/').Where(part => part != ".")];

    /// <summary>The path, unless a link on it leads out of the folder: a cache may keep model and data as links into one other folder.
    /// </summary>
    private static string? Resolve(string model, string name)
    {
        var folder = Path(Folder(model));
        var path = System.IO.Path.Combine([folder, .. Parts(name)]);
        var target = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
        if (target is not null && !IsIn(target, folder) && !IsIn(target, Path(Folder(Target(model))))) return null;
        for (var parent = System.IO.Path.GetDirectoryName(path)!; parent.Length > folder.Length;
            parent = System.IO.Path.GetDirectoryName(parent)!)
        {
            if (new DirectoryInfo(parent).LinkTarget is not null) return null;
        }

        return path;

        static string Path(string folder) => folder.Length == 0 ? "." : folder;
    }

    private static string Folder(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "";

    private static string Target(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static bool IsIn(string path, string folder)
        => path.StartsWith(folder.TrimEnd(System.IO.Path.DirectorySeparatorChar) + System.IO.Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
}
