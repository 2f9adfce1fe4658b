using System.Text;

namespace DeepGpu.Hardware.Tests.Detection;

public sealed class SysfsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("deepgpu-sysfs").FullName;

    [Fact]
    public void Every_value_of_the_corpus_is_read_or_refused_with_its_code()
        => HostileFiles.Check("sysfs", file => SysfsValue.Number(File.ReadAllBytes(file.Path)));

    [Theory]
    [InlineData("0x1002\n", 0x1002)]
    [InlineData("17163091968\n", 17163091968)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0\n", 0)]
    public void A_number_is_read(string text, ulong number) => SysfsValue.Number(Encoding.ASCII.GetBytes(text)).Should().Be(number);

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("\n", "empty_file")]
    [InlineData("n/a", "not_a_number")]
    [InlineData("0x", "not_a_number")]
    [InlineData("12 34", "not_a_number")]
    [InlineData("-5", "bad_value")]
    [InlineData("18446744073709551616", "bad_value")]
    [InlineData("0x10000000000000000", "bad_value")]
    [InlineData("\u0001\u0002", "bad_value")]
    public void Anything_else_is_refused(string text, string code)
        => FluentActions.Invoking(() => SysfsValue.Number(Encoding.ASCII.GetBytes(text)))
            .Should().Throw<ModelFormatException>().Where(e => e.Fault.Code == code);

    [Fact]
    public void A_file_of_megabytes_is_refused()
        => FluentActions.Invoking(() => SysfsValue.Text(new byte[10_000_000])).Should().Throw<ModelFormatException>()
            .WithMessage("A file of sysfs must hold at most 4096 bytes, but holds '10000000 bytes'. Update the kernel's driver.");

    [Fact]
    public async Task A_card_is_read_from_its_folder()
    {
        Card("card1", ("vendor", "0x1002"), ("device", "0x744c"), ("product_name", "AMD Radeon RX 7900 XTX"), ("unique_id", "7a2f"),
            ("mem_info_vram_total", "25753026560"), ("mem_info_vram_used", "1073741824"),
            ("gpu_busy_percent", "42"), ("current_link_speed", "8.0 GT/s PCIe"), ("current_link_width", "8"),
            ("max_link_speed", "16.0 GT/s PCIe"), ("max_link_width", "16"), ("uevent", "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n"),
            ("hwmon/hwmon3/power1_average", "123000000"), ("hwmon/hwmon3/power1_cap", "303000000"), ("hwmon/hwmon3/temp1_input", "61000"),
            ("hwmon/hwmon3/freq1_input", "2400000000"), ("hwmon/hwmon3/freq2_input", "1249000000"));
        var device = (await Read()).Devices.Single();
        device.Should().BeEquivalentTo(new
        {
            Name = "AMD Radeon RX 7900 XTX",
            Vendor = GpuVendor.Amd,
            PciAddress = "0000:03:00.0",
            Uuid = "7a2f",
            TotalMemory = (ByteSize?)ByteSize.FromBytes(25753026560)
        });
        device.Reading.Should().Be(new GpuReading
        {
            MemoryUsed = ByteSize.FromGibibytes(1),
            MemoryFree = ByteSize.FromBytes(25753026560 - 1073741824),
            UtilizationPercent = 42,
            Power = Power.FromWatts(123),
            PowerLimit = Power.FromWatts(303),
            Temperature = Temperature.FromCelsius(61),
            Clock = Frequency.FromMegahertz(2400),
            MemoryClock = Frequency.FromMegahertz(1249),
            Link = new(3, 8),
            MaximumLink = new(4, 16),
        });
    }

    [Fact]
    public async Task Bad_and_missing_files_are_unknown_readings()
    {
        Card("card0", ("vendor", "0x1002"), ("mem_info_vram_total", "-1"), ("mem_info_vram_used", ""), ("gpu_busy_percent", "250"),
            ("current_link_width", "n/a"), ("hwmon/hwmon0/temp1_input", "\u0001"));
        var device = (await Read()).Devices.Single();
        device.Should().Match<GpuDevice>(d => d.Name == "AMD GPU" && d.TotalMemory == null && d.Reading == GpuReading.Unknown);
    }

    [Fact]
    public async Task Cards_of_others_and_connectors_are_passed_over()
    {
        Card("card0", ("vendor", "0x10de"));
        Card("card1", ("vendor", "text"));
        Card("card1-DP-1", ("vendor", "0x1002"));
        Card("cardboard", ("vendor", "0x1002"));
        Card("card10", ("vendor", "0x1002"), ("device", "0x0010"));
        Card("card2", ("vendor", "0x1002"), ("device", "0x0002"));
        (await Read()).Devices.Select(device => device.Name).Should().Equal("AMD GPU 0x0002", "AMD GPU 0x0010");
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_empty_is_an_answer()
    {
        (await new SysfsSource("/nowhere/drm", null).ReadAsync(TestContext.Current.CancellationToken))
            .Status.Should().Be(GpuSourceStatus.NotInstalled);
        (await Read()).Status.Should().Be(GpuSourceStatus.NoDevices);
    }

    [Fact]
    public async Task A_file_that_vanishes_while_it_is_read_is_an_unknown_reading()
    {
        Card("card0", ("vendor", "0x1002"), ("mem_info_vram_total", "1073741824"));
        using var stop = new CancellationTokenSource();
        var file = Path.Combine(_root, "card0", "device", "mem_info_vram_total");
        var vanishing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.Delete(file);
                File.WriteAllText(file, "1073741824");
            }
        });
        for (var i = 0; i < 300; i++) (await Read()).Devices.Should().ContainSingle();
        await stop.CancelAsync();
        await vanishing;
    }

    [Fact]
    public void Rocm_smi_gives_product_names_by_address()
        => RocmSmi.Parse("""{"card0": {"Card Series": "Radeon RX 7900 XTX", "PCI Bus": "0000:03:00.0"}, "card1": {"Card Series": "N/A","""
            + """ "PCI Bus": "0000:04:00.0"}, "system": {}}""")
            .Should().Equal(new Dictionary<string, string> { ["0000:03:00.0"] = "Radeon RX 7900 XTX" });

    [Theory]
    [InlineData("")]
    [InlineData("WARNING: no devices")]
    [InlineData("[]")]
    [InlineData("""{"card0": 7}""")]
    [InlineData("""{"card0": {"Card Series": 5, "PCI Bus": null}}""")]
    public void An_unclear_answer_of_rocm_smi_gives_no_names(string output) => RocmSmi.Parse(output).Should().BeEmpty();

    [Fact]
    public async Task Names_of_rocm_smi_complete_what_sysfs_shows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var script = Path.Combine(_root, "rocm-smi");
        await File.WriteAllTextAsync(script,
            "#!/bin/sh\necho '{\"card0\": {\"Card Series\": \"Radeon RX 6800 XT\", \"PCI Bus\": \"0000:03:00.0\"}}'\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Card("card0", ("vendor", "0x1002"), ("uevent", "PCI_SLOT_NAME=0000:03:00.0\n"), ("mem_info_vram_total", "17163091968"));
        using var detector = new GpuDetector([new SysfsSource(_root, new(new SystemCommands(), new() { RocmSmiPath = script }))]);
        (await detector.DetectAsync(TestContext.Current.CancellationToken)).Devices.Single().Spec!.Name.Should().Be("Radeon RX 6800 XT");
    }

    [Theory]
    [InlineData("""{"SPDisplaysDataType": [{"sppci_model": "Apple M3 Max", "sppci_cores": "40"}, {"sppci_model": "Intel UHD"}]}""",
        GpuSourceStatus.Ok)]
    [InlineData("""{"SPDisplaysDataType": []}""", GpuSourceStatus.NoDevices)]
    [InlineData("""{"other": 1}""", GpuSourceStatus.Malformed)]
    [InlineData("", GpuSourceStatus.Malformed)]
    public void Apples_profile_gives_its_GPU(string output, GpuSourceStatus status)
    {
        var result = SystemProfilerSource.Parse(output, ByteSize.FromGibibytes(64));
        result.Status.Should().Be(status);
        if (status == GpuSourceStatus.Ok)
            result.Devices.Single().Should().Match<GpuDevice>(d =>
                d.Name == "Apple M3 Max" && d.Vendor == GpuVendor.Apple && d.TotalMemory == ByteSize.FromGibibytes(64));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ValueTask<GpuSourceResult> Read() => new SysfsSource(_root, null).ReadAsync(TestContext.Current.CancellationToken);

    private void Card(string name, params (string File, string Content)[] files)
    {
        foreach (var (file, content) in files)
        {
            var path = Path.Combine(_root, name, "device", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }
}
