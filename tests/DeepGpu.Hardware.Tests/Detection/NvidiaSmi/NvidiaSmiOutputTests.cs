using System.Text;

namespace DeepGpu.Hardware.Tests.Detection;

public class NvidiaSmiOutputTests
{
    private const string Heading = "index, name, uuid, driver_version, memory.total [MiB], memory.free [MiB], compute_cap, utilization.gpu "
        + "[%], temperature.gpu, power.draw [W]\n";
    private const string Row = "0, NVIDIA H200, GPU-1, 570.124.06, 143771 MiB, 143000 MiB, 9.0, 3 %, 31, 75.20 W\n";

    [Fact]
    public void Every_output_of_the_corpus_is_read_or_refused_with_its_code()
        => HostileFiles.Check("nvidia-smi", file =>
            NvidiaSmiOutput.Parse(File.ReadAllBytes(file.Path), file.Entry.GetProperty("options").GetProperty("exit_code").GetInt32()));

    [Fact]
    public void A_valid_output_of_the_corpus_gives_the_figures_of_its_manifest()
    {
        foreach (var file in DeepGpu.Testing.HostileCorpus.OfKind("nvidia-smi").Where(file => file.Expect == "load"))
        {
            var devices = NvidiaSmiOutput.Parse(File.ReadAllBytes(file.Path));
            var expected = file.Entry.GetProperty("parsed").EnumerateArray().ToList();
            devices.Should().HaveCount(expected.Count);
            foreach (var (device, wanted) in devices.Zip(expected))
            {
                (device.Index, device.Name, device.Uuid, device.DriverVersion).Should().Be((wanted.GetProperty("index").GetInt32(),
                    wanted.GetProperty("name").GetString()!, wanted.GetProperty("uuid").GetString(),
                    wanted.GetProperty("driver").GetString()));
                (device.TotalMemory?.Mebibytes, device.Reading.MemoryFree?.Mebibytes).Should()
                    .Be((Number(wanted, "memory_total_mib"), Number(wanted, "memory_free_mib")));
                (device.Reading.UtilizationPercent, device.Reading.Temperature?.Celsius, device.Reading.Power?.Watts).Should()
                    .Be((Number(wanted, "utilization"), Number(wanted, "temperature"), Number(wanted, "power_w")));
                device.ComputeCapability!.ToString().Should().Be(wanted.GetProperty("compute_cap").GetString());
            }
        }
    }

    [Theory]
    [InlineData("[N/A]")]
    [InlineData("[Not Supported]")]
    [InlineData("[Unknown Error]")]
    [InlineData("N/A")]
    public void A_field_without_a_value_is_null_and_the_rest_stays(string nothing)
    {
        var device = NvidiaSmiOutput.Parse(Heading
            + Row.Replace("75.20 W", nothing, StringComparison.Ordinal).Replace("143771 MiB", nothing, StringComparison.Ordinal)).Single();
        (device.Reading.Power, device.TotalMemory).Should().Be((null, null));
        device.Reading.Temperature.Should().Be(Temperature.FromCelsius(31));
    }

    [Fact]
    public void Windows_line_ends_a_byte_order_mark_and_missing_units_are_read()
        => NvidiaSmiOutput.Parse("\uFEFF" + (Heading + Row).Replace("\n", "\r\n", StringComparison.Ordinal)
            .Replace(" MiB", "", StringComparison.Ordinal).Replace(" W", "", StringComparison.Ordinal))
            .Single().Reading.Power.Should().Be(Power.FromWatts(75.2));

    [Fact]
    public void All_fields_that_are_asked_for_are_read()
    {
        var heading = string.Join(", ", NvidiaSmiColumns.Asked);
        var device = NvidiaSmiOutput.Parse($"{heading}\n1, A, GPU-1, 00000000:01:00.0, 570.1, 100 MiB, 60 MiB, 40 MiB, 8.6, 5 %, 40, 30.5 "
            + "W, 350.00 W, 210 MHz, 405 MHz, 0x0000000000000001, 1, 16, 4, 16\n").Single();
        device.Should()
            .Match<GpuDevice>(d => d.Index == 1 && d.PciAddress == "00000000:01:00.0" && d.TotalMemory == ByteSize.FromMebibytes(100));
        device.Reading.Should().Be(new GpuReading
        {
            MemoryFree = ByteSize.FromMebibytes(60),
            MemoryUsed = ByteSize.FromMebibytes(40),
            UtilizationPercent = 5,
            Temperature = Temperature.FromCelsius(40),
            Power = Power.FromWatts(30.5),
            PowerLimit = Power.FromWatts(350),
            Clock = Frequency.FromMegahertz(210),
            MemoryClock = Frequency.FromMegahertz(405),
            ThrottleReasons = GpuThrottleReasons.Idle,
            Link = new(1, 16),
            MaximumLink = new(4, 16),
        });
    }

    [Theory]
    [InlineData("No devices were found\n", 6)]
    [InlineData("No devices were found\n", 0)]
    public void No_devices_is_an_empty_list(string text, int exitCode) => NvidiaSmiOutput.Parse(text, exitCode).Should().BeEmpty();

    [Theory]
    [InlineData("Failed to initialize NVML: Driver/library version mismatch\n", 18, "driver_mismatch")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is "
        + "installed and running.\n", 9, "no_driver")]
    [InlineData("Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU\n", 15,
        "gpu_lost")]
    [InlineData("Field \"compute_cap\" is not a valid field to query.\n", 2, "unsupported_query")]
    [InlineData("Failed to initialize NVML: Insufficient Permissions\n", 4, "no_permission")]
    [InlineData("something new\n", 77, "nvidia_smi_failed")]
    [InlineData("", 18, "driver_mismatch")]
    [InlineData("", 0, "empty_output")]
    [InlineData("   \n\n", 0, "empty_output")]
    [InlineData("hello world\n", 0, "unexpected_header")]
    [InlineData(Heading, 0, "truncated")]
    [InlineData(Heading + "0, NVIDIA H200\n", 0, "column_count")]
    [InlineData(Heading + "0, NVIDIA H200", 0, "truncated")]
    [InlineData("index, index, name\n0, 0, X\n", 0, "duplicate_name")]
    public void A_failure_is_never_an_empty_success(string text, int exitCode, string code)
        => FluentActions.Invoking(() => NvidiaSmiOutput.Parse(text, exitCode))
            .Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == code);

    [Theory]
    [InlineData("143771 MiB", "-1 MiB", "bad_value")]
    [InlineData("143771 MiB", "1e30 MiB", "not_a_number")]
    [InlineData("143771 MiB", "99999999999 MiB", "bad_value")]
    [InlineData("143771 MiB", "100 MiB", "bad_value")]
    [InlineData("143771 MiB", "much", "not_a_number")]
    [InlineData("3 %", "101 %", "bad_value")]
    [InlineData("31", "warm", "not_a_number")]
    [InlineData("75.20 W", "-5 W", "bad_value")]
    [InlineData("9.0", "nine", "bad_value")]
    [InlineData("NVIDIA H200", "", "bad_value")]
    [InlineData("NVIDIA H200", "H200\u001b[31m", "bad_value")]
    public void A_value_that_cannot_be_is_refused(string good, string bad, string code)
        => FluentActions.Invoking(() => NvidiaSmiOutput.Parse(Heading + Row.Replace(good, bad, StringComparison.Ordinal)))
            .Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == code && e.Entry!.StartsWith("line 2"));

    [Fact]
    public void The_text_names_line_column_value_and_remedy()
        => FluentActions.Invoking(() => NvidiaSmiOutput.Parse(Heading + Row.Replace("75.20 W", "75 V", StringComparison.Ordinal)))
            .Should().Throw<ModelFormatException>()
            .WithMessage("'power.draw' must be a number with the unit W, but is '75 V'. Run nvidia-smi by hand and compare. "
                + "[entry 'line 2, power.draw']");

    [Fact]
    public void A_flood_without_a_line_end_is_refused_at_once()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        FluentActions.Invoking(() => NvidiaSmiOutput.Parse(new string('x', 150_000)))
            .Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == "unexpected_header" && e.Message.Length < 400);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Reading_does_not_depend_on_the_culture(string culture)
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new(culture);
            NvidiaSmiOutput.Parse(Heading + Row).Single().Reading.Power.Should().Be(Power.FromWatts(75.2));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_output_changed_at_random_is_read_or_refused_but_never_fails_otherwise()
    {
        const int seed = 20261124;
        var random = new Random(seed);
        var original = Encoding.UTF8.GetBytes(Heading + Row
            + Row.Replace("0, NVIDIA", "1, NVIDIA", StringComparison.Ordinal).Replace("GPU-1", "GPU-2", StringComparison.Ordinal));
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = Mutation.Of(original, random);
            FluentActions.Invoking(() => Survive(bytes)).Should().NotThrow($"seed {seed}, round {round}");
        }
    }

    private static void Survive(byte[] bytes)
    {
        try
        {
            NvidiaSmiOutput.Parse(bytes);
        }
        catch (ModelFormatException)
        {
            // Refused: what a damaged output deserves.
        }
    }

    private static double? Number(System.Text.Json.JsonElement json, string name)
        => json.GetProperty(name).ValueKind == System.Text.Json.JsonValueKind.Null ? null : json.GetProperty(name).GetDouble();
}
