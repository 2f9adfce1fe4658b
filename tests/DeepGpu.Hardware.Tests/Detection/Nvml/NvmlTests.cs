namespace DeepGpu.Hardware.Tests.Detection;

public class NvmlTests
{
    [Fact]
    public async Task Every_reading_is_a_quantity()
    {
        using var source = new NvmlSource(() => new FakeNvml());
        var device = (await source.ReadAsync(TestContext.Current.CancellationToken)).Devices.Single();
        device.Should().BeEquivalentTo(new
        {
            Index = 0,
            Name = "NVIDIA GeForce RTX 3090",
            Vendor = GpuVendor.Nvidia,
            Uuid = "GPU-1",
            PciAddress = "00000000:01:00.0",
            DriverVersion = "570.124.06",
            ComputeCapability = new Version(8, 6),
            TotalMemory = (ByteSize?)ByteSize.FromGibibytes(24),
            Problem = (Fault?)null
        });
        device.Reading.Should().Be(new GpuReading
        {
            MemoryUsed = ByteSize.FromGibibytes(4),
            MemoryFree = ByteSize.FromGibibytes(20),
            UtilizationPercent = 57,
            Power = Power.FromWatts(301.5),
            PowerLimit = Power.FromWatts(350),
            Temperature = Temperature.FromCelsius(71),
            Clock = Frequency.FromMegahertz(1695),
            MemoryClock = Frequency.FromMegahertz(9751),
            ThrottleReasons = GpuThrottleReasons.PowerLimit,
            Link = new(4, 16),
            MaximumLink = new(4, 16),
            TotalEnergy = Energy.FromJoules(5000),
        });
    }

    [Fact]
    public async Task A_function_that_an_older_library_lacks_fails_only_its_own_reading()
    {
        foreach (var missing in Enum.GetValues<NvmlNumber>())
        {
            using var source = new NvmlSource(() => new FakeNvml { Missing = [missing] });
            var device = (await source.ReadAsync(TestContext.Current.CancellationToken)).Devices.Single();
            var known = new object?[]
            {
                device.TotalMemory, device.Reading.MemoryFree, device.Reading.MemoryUsed, device.ComputeCapability,
                device.Reading.UtilizationPercent, device.Reading.Power, device.Reading.PowerLimit, device.Reading.Temperature,
                device.Reading.Clock, device.Reading.MemoryClock, device.Reading.ThrottleReasons,
                device.Reading.Link?.Generation, device.Reading.Link?.Lanes, device.Reading.MaximumLink?.Generation,
                device.Reading.MaximumLink?.Lanes, device.Reading.TotalEnergy,
            };
            known.Should().HaveCount(Enum.GetValues<NvmlNumber>().Length);
            known.Count(value => value is null).Should().Be(1, missing.ToString());
            known[(int)missing].Should().BeNull(missing.ToString());
        }
    }

    [Theory]
    [InlineData((int)NvmlReturn.DriverNotLoaded, GpuSourceStatus.NoDriver, "no_driver")]
    [InlineData((int)NvmlReturn.LibRmVersionMismatch, GpuSourceStatus.DriverMismatch, "driver_mismatch")]
    [InlineData((int)NvmlReturn.NoPermission, GpuSourceStatus.NoPermission, "no_permission")]
    [InlineData((int)NvmlReturn.Unknown, GpuSourceStatus.Failed, "nvml_failed")]
    public async Task A_library_that_does_not_start_says_why_and_is_not_shut_down(int answer, GpuSourceStatus status, string code)
    {
        var nvml = new FakeNvml { InitAnswer = (NvmlReturn)answer };
        using (var source = new NvmlSource(() => nvml))
        {
            var result = await source.ReadAsync(TestContext.Current.CancellationToken);
            (result.Status, result.Reason!.Code, result.Devices.Count).Should().Be((status, code, 0));
        }

        (nvml.Inits, nvml.Shutdowns).Should().Be((1, 0));
    }

    [Fact]
    public async Task A_missing_library_is_an_answer()
    {
        using var source = new NvmlSource(() => null);
        (await source.ReadAsync(TestContext.Current.CancellationToken))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.NotInstalled && r.Reason!.Code == "nvml_not_found");
    }

    [Fact]
    public async Task Eight_threads_start_and_stop_the_library_once()
    {
        var nvml = new FakeNvml { Gpus = 4 };
        var source = new NvmlSource(() => nvml);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) (await source.ReadAsync(TestContext.Current.CancellationToken)).Devices.Should().HaveCount(4);
        })));
        Parallel.For(0, 8, _ => source.Dispose());
        (nvml.Inits, nvml.Shutdowns).Should().Be((1, 1));
    }

    [Fact]
    public async Task After_an_error_the_library_is_shut_down_and_started_anew()
    {
        var nvml = new FakeNvml { CountAnswer = NvmlReturn.Uninitialized };
        using var source = new NvmlSource(() => nvml);
        (await source.ReadAsync(TestContext.Current.CancellationToken)).Status.Should().Be(GpuSourceStatus.Failed);
        (nvml.Inits, nvml.Shutdowns).Should().Be((1, 1));
        nvml.CountAnswer = NvmlReturn.Success;
        (await source.ReadAsync(TestContext.Current.CancellationToken)).Status.Should().Be(GpuSourceStatus.Ok);
        (nvml.Inits, nvml.Shutdowns).Should().Be((2, 1));
    }

    [Fact]
    public async Task A_GPU_lost_between_two_calls_is_reported_and_the_others_are_read()
    {
        using var source = new NvmlSource(() => new FakeNvml { Gpus = 2, LostFromRead = 2 });
        (await source.ReadAsync(TestContext.Current.CancellationToken)).Devices.Should().OnlyContain(device => device.Problem == null);
        var devices = (await source.ReadAsync(TestContext.Current.CancellationToken)).Devices;
        devices[0].Reading.Temperature.Should().NotBeNull();
        devices[1].Should().Match<GpuDevice>(device => device.Problem!.Code == "gpu_lost" && device.Reading == GpuReading.Unknown);
    }

    [Fact]
    public async Task A_machine_without_GPUs_is_an_answer()
    {
        using var source = new NvmlSource(() => new FakeNvml { Gpus = 0 });
        (await source.ReadAsync(TestContext.Current.CancellationToken))
            .Should().Match<GpuSourceResult>(r => r.Status == GpuSourceStatus.NoDevices && r.Devices.Count == 0);
    }

    [Theory]
    [InlineData(0x0, GpuThrottleReasons.None)]
    [InlineData(0x1, GpuThrottleReasons.Idle)]
    [InlineData(0x24, GpuThrottleReasons.PowerLimit | GpuThrottleReasons.Temperature)]
    [InlineData(0x88, GpuThrottleReasons.HardwareSlowdown)]
    [InlineData(0x10000, GpuThrottleReasons.Other)]
    public void The_reasons_of_a_low_clock_are_told_apart(ulong bits, GpuThrottleReasons reasons)
        => NvmlDevice.Reasons(bits).Should().Be(reasons);

    [Fact]
    public void Opening_the_library_never_throws() => FluentActions.Invoking(() => NvmlLibrary.Open()?.Init()).Should().NotThrow();
}
