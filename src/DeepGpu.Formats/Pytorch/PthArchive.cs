using System.Text;

namespace DeepGpu.Formats;

/// <summary>Reads the zip archives that torch.save writes since 1.6: ROOT/data.pkl, ROOT/data/KEY for each storage,
/// ROOT/byteorder, ROOT/version.</summary>
internal static class PthArchive
{
    private const int MaxPickle = 64 << 20;

    /// <summary>torch stores its pickle uncompressed; one that was packed again shrinks tenfold.
    /// Each of its bytes may become an object.</summary>
    private const long FreePickle = 1 << 20;

    private const long MaxPickleRatio = 20;

    private const int MaxByteOrder = 16;

    public static PthContent Read(ZipContainer zip)
    {
        var root = Root(zip);
        var pickle = zip.Find($"{root}/data.pkl")!;
        var bigEndian = IsBigEndian(zip, root);
        var storages = new PthRecords(zip, root);
        Expansion.Check(pickle.StoredLength, pickle.Length, pickle.Name, PthFile.Refusals, FreePickle, MaxPickleRatio);
        var bytes = ByteSource.OfMemory(zip.ReadBytes(pickle, MaxPickle));
        try
        {
            var (value, end) = PickleMachine.Run(bytes, 0, storages.Find);
            CheckEnd(bytes, end);
            return new(value, bigEndian);
        }
        catch (ModelFormatException e) when (e.Entry is null)
        {
            throw new ModelFormatException(e.Fault, e.File, e.Offset, pickle.Name, e);
        }
    }

    /// <summary>The archive's one folder that holds data.pkl.</summary>
    private static string Root(ZipContainer zip)
    {
        var pickles = zip.Members.Where(member => member.Name.Split('/') is [_, "data.pkl"]).ToList();
        if (pickles.Count == 0)
            throw PthFile.Refusals.Because("missing_data_pkl", "A PyTorch archive must hold ROOT/data.pkl,", "but holds none.");
        if (pickles.Count > 1)
            throw PthFile.Refusals.Because("duplicate_name", "A PyTorch archive holds one data.pkl,",
                $"but holds {pickles.Count}.", pickles[1].Name);
        var root = pickles[0].Name.Split('/')[0];
        if (zip.Members.Any(member =>
            member.Name == $"{root}/constants.pkl" || member.Name.StartsWith($"{root}/code/", StringComparison.Ordinal)))
            throw TorchScript();
        return root;
    }

    private static ModelFormatException TorchScript() => PthFile.Refusals.Because(
        "torchscript",
        "A .pth file must hold tensors,",
        "but this is a TorchScript archive, which is a program.",
        help: "Load it in PyTorch with torch.jit.load and save model.state_dict().");

    private static bool IsBigEndian(ZipContainer zip, string root)
    {
        if (zip.Find($"{root}/byteorder") is not { } member) return false;
        return Encoding.Latin1.GetString(zip.ReadBytes(member, MaxByteOrder)) switch
        {
            "little" => false,
            "big" => true,
            var other => throw PthFile.Refusals.Because("bad_byteorder", "The byte order must be 'little' or 'big',",
                $"but is '{StrictJson.Printable(other)}'.", member.Name),
        };
    }

    /// <summary>After STOP nothing may follow. What does follow is read as a pickle first,
    /// so that the refusal names what hides there.</summary>
    private static void CheckEnd(ByteSource bytes, long end)
    {
        if (end == bytes.Length) return;
        PickleMachine.Run(bytes, end);
        throw PthFile.Refusals.Because("trailing_bytes", "A pickle ends with STOP,",
            $"but {bytes.Length - end} bytes follow.", offset: end);
    }
}

/// <summary>The storages of an archive: each has a record of exactly its bytes, checked against its checksum
/// when first mentioned.</summary>
internal sealed class PthRecords(ZipContainer zip, string root)
{
    private readonly Dictionary<string, PickledStorage> _storages = new(StringComparer.Ordinal);

    public PickledStorage Find(StorageRequest request)
    {
        if (_storages.TryGetValue(request.Key, out var known)) return Same(known, request);
        var name = $"{root}/data/{request.Key}";
        var record = zip.Find(name) ?? throw PthFile.Refusals.Because("storage_missing", "Each storage must have a record,",
            $"but '{StrictJson.Printable(name)}' is not there.", name, request.Offset);
        if (request.Count * request.Element.ByteSize != record.Length)
            throw PthFile.Refusals.Because("storage_size_mismatch",
                $"A storage of {request.Count} elements of {request.Element.ByteSize} bytes must fill its record,",
                $"but the record has {record.Length} bytes.", name, request.Offset);
        zip.CheckCrc(record);
        return _storages[request.Key] = new(request.Key, request.Element, (long)request.Count) { Bytes = zip.OpenMember(record) };
    }

    /// <summary>The storage, if this mention agrees with the first.</summary>
    public static PickledStorage Same(PickledStorage known, StorageRequest request)
        => known.Element == request.Element && known.Count == request.Count
            ? known
            : throw PthFile.Refusals.Because("storage_type_conflict", "All mentions of a storage must give it one type and length,",
                $"but {known.Count} of {known.Element.Name} and {request.Count} of {request.Element.Name} are given.",
                known.Key, request.Offset);
}
