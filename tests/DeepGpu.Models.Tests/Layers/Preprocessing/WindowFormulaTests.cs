namespace DeepGpu.Models.Tests.Layers;

/// <summary>Windows by the values of their definitions, and how they are given.</summary>
public class WindowFormulaTests
{
    /// <summary>Values by the definitions of scipy.signal.windows for 7 samples, symmetric.</summary>
    public static TheoryData<WindowFunction, double[]> Defined => new()
    {
        { WindowFunction.Hann, [0, 0.25, 0.75, 1, 0.75, 0.25, 0] },
        { WindowFunction.Hamming, [0.08, 0.31, 0.77, 1, 0.77, 0.31, 0.08] },
        { WindowFunction.Blackman, [0, 0.13, 0.63, 1, 0.63, 0.13, 0] },
        { WindowFunction.Boxcar, [1, 1, 1, 1, 1, 1, 1] },
        { WindowFunction.Triang, [0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25] },
        { WindowFunction.Bartlett, [0, 1 / 3.0, 2 / 3.0, 1, 2 / 3.0, 1 / 3.0, 0] },
        { WindowFunction.Barthann, [0, 0.27, 0.73, 1, 0.73, 0.27, 0] },
        { WindowFunction.Blackmanharris, [6e-5, 0.055645, 0.520575, 1, 0.520575, 0.055645, 6e-5] },
        { WindowFunction.Nuttall, [0.0003628, 0.0613345, 0.5292298, 1, 0.5292298, 0.0613345, 0.0003628] },
        { WindowFunction.Flattop, [-0.000421051, -0.051263156, 0.19821053, 1.000000003, 0.19821053, -0.051263156, -0.000421051] },
        { WindowFunction.Cosine, [0.22252093, 0.6234898, 0.90096887, 1, 0.90096887, 0.6234898, 0.22252093] },
        { WindowFunction.Bohman, [0, 0.10899778, 0.60899778, 1, 0.60899778, 0.10899778, 0] },
        { WindowFunction.Parzen, [0.00583090, 0.15743440, 0.65014577, 1, 0.65014577, 0.15743440, 0.00583090] },
        { WindowFunction.Tukey, [0, 0.75, 1, 1, 1, 0.75, 0] },
        { WindowFunction.Lanczos, [0, 0.41349667, 0.82699334, 1, 0.82699334, 0.41349667, 0] },
        { WindowFunction.Exponential, [Math.Exp(-3), Math.Exp(-2), Math.Exp(-1), 1, Math.Exp(-1), Math.Exp(-2), Math.Exp(-3)] },
    };

    [Theory, MemberData(nameof(Defined))]
    public void Values_are_those_of_the_definitions(WindowFunction function, double[] defined)
        => WindowFormulas.Values(function, 7, periodic: false).Zip(defined)
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2e-8);

    [Fact]
    public void Every_function_is_among_them() => Defined.Select(row => row.Data.Item1)
        .Should().BeEquivalentTo(Enum.GetValues<WindowFunction>());

    [Theory, MemberData(nameof(Defined))]
    public void A_periodic_window_is_the_beginning_of_a_symmetric_one(WindowFunction function, double[] defined)
    {
        var longer = WindowFormulas.Values(function, defined.Length + 1, periodic: false);
        WindowFormulas.Values(function, defined.Length, periodic: true).Should().Equal(longer[..^1]);
        longer.Should().Equal(longer.Reverse(), (a, b) => Math.Abs(a - b) < 1e-12);
        WindowFormulas.Values(function, 1, periodic: false).Should().Equal(1);
    }

    [Fact]
    public void Windows_are_functions_or_values_and_equal_by_them()
    {
        SpectrumWindow values = new double[] { 0.5, 1 };
        values.Should().Be(new SpectrumWindow(0.5, 1)).And.NotBe((SpectrumWindow)WindowFunction.Hann);
        FluentActions.Invoking(() => new SpectrumWindow([]))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*one finite number or more, but is none*");
        FluentActions.Invoking(() => new SpectrumWindow(double.NaN)).Should().Throw<DeepGpuArgumentException>();
        FluentActions.Invoking(() => new MelSpectrogram { Window = WindowFunction.Bartlett })
            .Should().Throw<DeepGpuArgumentException>().WithMessage("*Hann, Hamming or values*");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused(new STFTSpectrogram { FrameStep = 300 }, new(null, 1000, 1), "*frame step of at most the frame's 256 samples*");
        Refused(new STFTSpectrogram { FftLength = 255 }, new(null, 1000, 1), "*FFT of at least the frame's 256 samples*");
        Refused(new STFTSpectrogram { Window = new SpectrumWindow(1, 2) }, new(null, 1000, 1), "*a window of 256 values*");
        Refused(new STFTSpectrogram(), new(null, 200, 1), "*256*");
        Refused(new MelSpectrogram(), new(null, 1024), "*more than 1024 samples*");
        Refused(new MelSpectrogram(), new(null, 4000, 1), "*signals (batch, samples)*");
        Refused(new MelSpectrogram { SequenceLength = 4096 }, new(null, 16000), "*at most the FFT's 2048 samples*");
        Refused(new MelSpectrogram { MinFreq = 9000 }, new(null, 16000), "*a highest frequency above the lowest*");
        Refused(new MelSpectrogram { Window = new SpectrumWindow(1, 2) }, new(null, 16000), "*a window of 2048 values*");
    }

    [Fact]
    public void Windows_are_read_as_Keras_writes_them()
    {
        ReadWindow("null").Should().BeNull();
        ReadWindow("\"hamming\"").Should().Be((SpectrumWindow)WindowFunction.Hamming);
        ReadWindow("[0, 0.5, 1]").Should().Be(new SpectrumWindow(0, 0.5, 1));
        ReadWindow("""{"class_name": "__numpy__", "config": {"value": [0.5, 1], "dtype": "float32"}}""")
            .Should().Be(new SpectrumWindow(0.5, 1));
        FluentActions.Invoking(() => ReadWindow("\"kaiser\"")).Should().Throw<ModelFormatException>();
        ((STFTSpectrogram)Read("STFTSpectrogram", """{"scaling": null, "mode": "psd", "padding": "same"}"""))
            .Should().Be(new STFTSpectrogram { Scaling = null, Mode = SpectrogramMode.Psd, Padding = Padding.Same });
    }

    private static SpectrumWindow? ReadWindow(string json)
        => ((STFTSpectrogram)Read("STFTSpectrogram", $$"""{"window": {{json}}}""")).Window;

    private static Layer Read(string className, string config) => LayerJson.Read(System.Text.Json.Nodes.JsonNode.Parse(
        $$"""{"module": "keras.layers", "class_name": "{{className}}", "config": {{config}} }"""));

    private static void Refused(UnaryLayer layer, Shape input, string message)
        => FluentActions.Invoking(() => layer.OutputShape(input)).Should().Throw<ShapeException>().WithMessage(message);
}
