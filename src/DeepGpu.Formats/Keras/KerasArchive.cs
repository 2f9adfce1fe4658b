using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats;

/// <summary>Reads and writes the container of <c>.keras</c> files: a zip archive of metadata.json, config.json and the weights.
/// Assets are never opened.</summary>
/// <remarks>https://keras.io/api/models/model_saving_apis/model_saving_and_loading/.
/// What the config means, the models library reads.</remarks>
public sealed class KerasArchive : IDisposable
{
    /// <summary>What a whole archive is called; its weights have the format of the member that holds them.</summary>
    internal static readonly FileFormat Declaration = new("keras", ".keras");

    internal const string ConfigName = "config.json";
    internal const string H5Name = "model.weights.h5";
    private const string MetadataName = "metadata.json";
    private const string NpzName = "model.weights.npz";
    private const int MaxConfig = 16 << 20;
    private const long FreeConfig = 2 << 20;

    internal static readonly Refusals Refusals = new(
        "Save the model again with model.save(\"name.keras\"); the file is damaged or not from Keras 3.");

    private KerasArchive(string config, string? metadata, TensorFile weights)
    {
        Config = config;
        Metadata = metadata;
        Weights = weights;
    }

    /// <summary>The model's config, one JSON object.</summary>
    public string Config { get; }

    /// <summary>The version of Keras and the date, one JSON object; null if the archive does not say.</summary>
    public string? Metadata { get; }

    /// <summary>The weights: an <see cref="H5File"/>, or an <see cref="NpzFile"/> in archives that hold model.weights.npz instead.
    /// Disposing it closes the archive.</summary>
    public TensorFile Weights { get; }

    /// <summary>Opens an archive, checks its container, its JSON and the structure of its weights.</summary>
    /// <exception cref="ModelFormatException">The file breaks a rule of one of them.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static KerasArchive Open(string path) => ByteSource.Open(path, Open);

    /// <summary>Opens the bytes of an archive that is already in memory.</summary>
    /// <exception cref="ModelFormatException">The bytes break a rule.</exception>
    public static KerasArchive Open(ReadOnlyMemory<byte> bytes) => ByteSource.Open(bytes, Open);

    /// <summary>Writes an archive with stored members, as Keras does.</summary>
    /// <param name="stream">Where to write; must seek.</param>
    /// <param name="config">The model's config, one JSON object.</param>
    /// <param name="metadata">One JSON object with "keras_version" and "date_saved".</param>
    /// <param name="weights">The variables, as in <see cref="KerasWeights.Write"/>.</param>
    public static void Write(Stream stream, string config, string metadata, IReadOnlyList<KerasVariables<NDArray>> weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var member = Member(zip, MetadataName)) member.Write(Encoding.UTF8.GetBytes(metadata));
        using (var member = Member(zip, ConfigName)) member.Write(Encoding.UTF8.GetBytes(config));
        using var h5 = Member(zip, H5Name);
        KerasWeights.Write(h5, weights);
    }

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    internal static KerasArchive Open(ByteSource source)
    {
        var kind = FileStart.Of(source);
        if (kind != FileStart.Kind.Zip) throw FileStart.Unexpected(source, kind, "a .keras archive", Refusals);
        return Open(ZipContainer.Open(source));
    }

    internal static KerasArchive Open(ZipContainer zip)
    {
        var config = Json(zip, ConfigName)
            ?? throw Refusals.Because("missing_config", "A .keras archive must hold config.json,", "but does not.");
        var (metadata, weights) = (Json(zip, MetadataName), OpenWeights(zip));
        weights.Beside = new(config) { Optimizer = () => Optimizer(weights) };
        return new(config, metadata, weights);
    }

    private static IReadOnlyList<KeyValuePair<string, NDArray>> Optimizer(TensorFile weights)
        => weights is H5File file && KerasWeights.Read(file).FirstOrDefault(item => item.Path == "optimizer") is { } optimizer
            ? [.. optimizer.Values.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor)))]
            : [];

    private static Stream Member(ZipArchive zip, string name) => zip.CreateEntry(name, CompressionLevel.NoCompression).Open();

    private static string? Json(ZipContainer zip, string name)
    {
        if (zip.Find(name) is not { } member) return null;
        Expansion.Check(member.StoredLength, member.Length, name, Refusals, FreeConfig);
        var bytes = zip.ReadBytes(member, MaxConfig);
        KerasJson.Check(bytes, name);
        return Encoding.UTF8.GetString(bytes);
    }

    private static TensorFile OpenWeights(ZipContainer zip)
    {
        var member = zip.Find(H5Name) ?? zip.Find(NpzName)
            ?? throw Refusals.Because("missing_weights", $"A .keras archive must hold {H5Name} or {NpzName},", "but holds neither.");
        var bytes = Inflated(zip, member);
        try
        {
            return member.Name == H5Name ? H5File.Open(bytes, [zip]) : NpzFile.Open(bytes, [zip]);
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException(e.Fault, zip.Source.Path, e.Offset,
                e.Entry is null ? member.Name : $"{member.Name}: {e.Entry}", e);
        }
    }

    /// <summary>Stored weights stay in the file; deflated ones are inflated once, because HDF5 is read at any place.</summary>
    private static ByteSource Inflated(ZipContainer zip, ZipMember member)
    {
        if (!member.IsDeflated)
        {
            zip.CheckCrc(member);
            return zip.OpenMember(member);
        }

        Expansion.Check(member.StoredLength, member.Length, member.Name, Refusals);
        return ByteSource.OfMemory(zip.ReadBytes(member, Array.MaxLength));
    }
}
