using System.Text;
using DeepGpu.Testing;

namespace DeepGpu.Formats.Tests;

public class NumpyTests
{
    /// <summary>What NumPy has no name for.</summary>
    private static readonly DataType[] WithoutName = [DataType.BFloat16, DataType.Float8E4M3, DataType.Float8E5M2];

    [Fact]
    public void An_array_of_every_type_reads_back_as_it_was_written()
    {
        foreach (var (name, values) in Samples.All(WithoutName))
        {
            using var stream = new MemoryStream();
            NpyFile.Write(stream, values);
            (stream.Length % 64).Should().Be(values.Bytes.Length % 64, "the header is padded");
            using var file = NpyFile.Open(stream.ToArray());
            Samples.ShouldEqual(file.Read(file.Tensors[0]), values, name);
        }
    }

    [Fact]
    public void NumPy_has_no_bfloat16()
        => FluentActions.Invoking(() => NpyFile.Write(Stream.Null, Samples.Of(DataType.BFloat16))).Should()
            .Throw<DeepGpuArgumentException>().WithMessage("NpyFile: values must be an array of a type that NumPy has, but is BFloat16.*");

    [Fact]
    public void Named_arrays_read_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        using var file = NpzFile.Open(folder.Write("a.npz", stream => NpzFile.Write(stream, Samples.All(WithoutName))));
        Samples.ShouldEqual(file, Samples.All(WithoutName));
    }

    [Theory]
    [InlineData("<f4", false, "(2, 3)", new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("<f4", true, "(2, 3)", new float[] { 0, 2, 4, 1, 3, 5 })]
    [InlineData("<f4", false, "(6,)", new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("<f4", false, "(3L, 2L)", new float[] { 0, 1, 2, 3, 4, 5 })]
    public void Either_order_of_axes_gives_row_major_elements(string descr, bool fortran, string shape, float[] expected)
    {
        using var file = NpyFile.Open(Npy(Header(descr, fortran, shape), PickleBytes.Record));
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(expected);
    }

    [Fact]
    public void Big_endian_elements_are_turned_round()
    {
        using var file = NpyFile.Open(Npy(Header(">f4", false, "(1,)"), [0x3f, 0x80, 0, 0]));
        file.Read(file.Tensors[0]).ToArray<float>().Should().Equal(1);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "python_objects")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }", "unsupported_dtype")]
    [InlineData("{'descr': '<U1', 'fortran_order': False, 'shape': (6,), }", "unsupported_dtype")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }", "header_malformed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}", "header_malformed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }", "header_malformed")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3), }", "header_malformed")]
    [InlineData("__import__('os').system('true')", "header_malformed")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "size_overflow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "size_overflow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "size_overflow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }", "truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "trailing_bytes")]
    public void A_header_that_is_not_numpys_or_does_not_fit_is_refused(string header, string code)
        => Refused.With(code, () => NpyFile.Open(Npy(header, PickleBytes.Record)));

    [Fact]
    public void A_file_cut_at_any_place_is_refused()
    {
        var whole = Npy(Header("<f4", false, "(2, 3)"), PickleBytes.Record);
        for (var length = 0; length < whole.Length; length++)
            FluentActions.Invoking(() => NpyFile.Open(whole.AsMemory(0, length))).Should().Throw<ModelFormatException>($"cut at {length}");
    }

    [Fact]
    public void The_probes_of_the_real_networks_open()
    {
        NpyFile.Read(ReferenceData.Path("data", "weights", "squeezenet1_1", "probe_input_4x3x227x227_f32.npy"))
            .TypeAndShape.Should().Be("Float32 (4, 3, 227, 227)");
        NpyFile.Read(ReferenceData.Path("data", "weights", "mobilenet_v1_025", "probe_logits_4x1000_f32.npy"))
            .TypeAndShape.Should().Be("Float32 (4, 1000)");
    }

    private static string Header(string descr, bool fortran, string shape)
        => $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}";

    private static byte[] Npy(string header, byte[] data)
        => [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.Latin1.GetBytes(header), .. data];
}
