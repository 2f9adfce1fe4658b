using System.Runtime.InteropServices;
using System.Text;

namespace DeepGpu.Distributed.Mpi;

/// <summary>The machine's MPI: Open MPI, whose handles are addresses of variables, or one of the MPICH family (MPICH, Intel MPI, Cray),
/// whose handles are numbers of mpi.h.</summary>
internal sealed class MpiLibrary
{
    private const int GlobalSymbols = 0x102;
    private readonly nint _library;
    private readonly bool _isOpenMpi;

    private MpiLibrary(nint library)
    {
        _library = library;
        _isOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _);
        World = Handle("ompi_mpi_comm_world", 0x44000000);
        InPlace = _isOpenMpi ? 1 : -1;
        IgnoredStatus = _isOpenMpi ? 0 : 1;
        Version = ReadVersion();
    }

    public nint World { get; }

    public nint InPlace { get; }

    public nint IgnoredStatus { get; }

    /// <summary>What the library says of itself, up to the first comma or line.</summary>
    public string Version { get; }

    /// <exception cref="DistributionException">There is none.</exception>
    public static MpiLibrary Load(string? given)
    {
        var named = given ?? Environment.GetEnvironmentVariable("DEEPGPU_MPI_LIBRARY");
        string[] names = named is null ? Names() : [named];
        foreach (var name in names)
        {
            var library = Open(name);
            if (library != 0 && NativeLibrary.TryGetExport(library, "MPI_Init_thread", out _)) return new(library);
        }

        throw new DistributionException(new("mpi_missing", "A program that a launcher started several times needs its MPI library,",
            $"but none of {string.Join(", ", names)} could be loaded.",
            "Install it (Debian, Ubuntu: apt-get install libopenmpi3), or name its file in DEEPGPU_MPI_LIBRARY."));
    }

    /// <summary>A function of the library.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>The handle of an element's format.</summary>
    public nint TypeOf(DataType type) => type switch
    {
        DataType.Float32 => Handle("ompi_mpi_float", 0x4c00040a),
        DataType.Float64 => Handle("ompi_mpi_double", 0x4c00080b),
        DataType.Int32 => Handle("ompi_mpi_int", 0x4c000405),
        DataType.Int64 => Handle("ompi_mpi_long_long_int", 0x4c000809),
        DataType.UInt8 => Handle("ompi_mpi_byte", 0x4c00010d),
        _ => throw new DistributionException(new("mpi_type", "MPI carries bytes and numbers of 32 or 64 bits,", $"but receives {type}.",
            "Convert the numbers.")),
    };

    /// <summary>The handle of an operation.</summary>
    public nint OperationOf(ReduceOperation operation) => operation switch
    {
        ReduceOperation.Max => Handle("ompi_mpi_op_max", 0x58000001),
        ReduceOperation.Min => Handle("ompi_mpi_op_min", 0x58000002),
        _ => Handle("ompi_mpi_op_sum", 0x58000003),
    };

    private nint Handle(string openMpi, int mpich) => _isOpenMpi ? NativeLibrary.GetExport(_library, openMpi) : mpich;

    /// <summary>That of the launcher first.</summary>
    private static string[] Names()
    {
        string[] openMpi = ["libmpi.so.40", "libmpi.so.80"];
        string[] mpich = ["libmpi.so.12", "libmpich.so.12"];
        string[] any = ["libmpi.so", "libmpi.dylib"];
        return Environment.GetEnvironmentVariable("PMI_SIZE") is not null
            && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is null
            ? [.. mpich, .. any, .. openMpi]
            : [.. openMpi, .. any, .. mpich];
    }

    /// <summary>Open MPI's own parts look for its symbols among the global ones.</summary>
    private static nint Open(string name)
        => OperatingSystem.IsLinux() ? OpenGlobally(name, GlobalSymbols) : NativeLibrary.TryLoad(name, out var library) ? library : 0;

    private unsafe string ReadVersion()
    {
        var text = stackalloc byte[8192];
        int length;
        _ = ((delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version"))(text, &length);
        return Encoding.UTF8.GetString(text, length).Split(',', '\n')[0].Trim();
    }

    [DllImport("libdl.so.2", EntryPoint = "dlopen", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint OpenGlobally(string name, int flags);
}
