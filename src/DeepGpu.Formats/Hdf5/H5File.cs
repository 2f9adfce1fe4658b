namespace DeepGpu.Formats;

/// <summary>Reads the HDF5 files that Keras and h5py write: groups, attributes, contiguous and chunked datasets.
/// Nothing outside the file is ever opened.</summary>
/// <remarks>Follows the HDF5 file format specification 3.0 (https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html).</remarks>
public sealed class H5File : TensorFile
{
    internal static readonly FileFormat Declaration = new("h5", ".h5", ".hdf5", ".hdf")
    {
        IsSorted = true,
        WithoutModel = new("weights_only", "A model file holds a description and weights,", "but this one holds only weights.",
            "Build the model, then call LoadWeights with the file."),
    };

    internal static readonly Refusals Refusals = new(
        "Save it again with Keras or h5py and their default settings; the file is damaged or uses more of HDF5 than weights need.");

    private H5File(ByteSource source, H5Group root, IReadOnlyList<StoredTensor> tensors, IReadOnlyList<IDisposable> owned)
        : base(Declaration, tensors, source.Path, owned) => Root = root;

    /// <summary>The root group.</summary>
    public H5Group Root { get; }

    /// <summary>Opens a file and checks every object, place and checksum; no dataset's bytes are kept.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of the format, or has links to outside.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static H5File Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of a file that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule of the format, or have links to outside.</exception>
    public static H5File Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    internal static H5File Open(ByteSource source) => Open(source, [source]);

    internal static H5File Open(ByteSource source, IReadOnlyList<IDisposable> owned)
    {
        var tree = H5Tree.Read(source);
        return new(source, tree.Root, tree.Tensors, owned);
    }
}
