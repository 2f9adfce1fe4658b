namespace DeepGpu.Hardware.Tests.Detection;

public class GpuDetectorTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_machine_is_described_without_an_exception_whatever_it_has()
    {
        using var detector = GpuDetector.OfThisMachine();
        var detection = await detector.DetectAsync(Cancel);
        detection.Attempts.Should().NotBeEmpty();
        if (detection.Devices.Count == 0) detection.Reason.Should().Contain(":");
        await Schemas.ShouldDescribe("gpu-detect", detection.ToJson());
    }

    [Fact]
    public async Task Devices_are_matched_to_the_catalogue()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu(),
            new FakeGpu { Name = "NVIDIA A100-SXM4-40GB", TotalMemory = ByteSize.FromMebibytes(40_536) },
            new FakeGpu { Name = "Nameless" })]);
        (await detector.DetectAsync(Cancel)).Devices.Select(device => device.Spec?.Name)
            .Should().Equal("GeForce RTX 3090", "A100 SXM4 40GB", null);
    }

    [Theory]
    [InlineData("NVIDIA GeForce RTX 3080", 10_240, "GeForce RTX 3080 10GB")]
    [InlineData("NVIDIA GeForce RTX 3080", 12_288, "GeForce RTX 3080 12GB")]
    [InlineData("NVIDIA GeForce RTX 4060 Ti", 16_380, "GeForce RTX 4060 Ti 16GB")]
    [InlineData("NVIDIA GeForce RTX 4060 Ti", 8_188, "GeForce RTX 4060 Ti 8GB")]
    [InlineData("NVIDIA H200", 143_771, "H200 SXM 141GB")]
    [InlineData("NVIDIA H100 80GB HBM3", 81_559, "H100 SXM5 80GB")]
    [InlineData("NVIDIA GeForce RTX 3090", 12_288, null)]
    [InlineData("Tesla V100", 16_384, null)]
    public async Task Memory_tells_cards_of_one_name_apart(string name, double mebibytes, string? entry)
    {
        using var detector = new GpuDetector([new FakeGpuMachine(
            new FakeGpu { Name = name, TotalMemory = ByteSize.FromMebibytes(mebibytes) })]);
        (await detector.DetectAsync(Cancel)).Devices.Single().Spec?.Name.Should().Be(entry);
    }

    [Fact]
    public async Task The_next_source_is_asked_when_one_fails_and_the_reason_is_kept()
    {
        var broken = new FakeGpuMachine
        {
            Name = "NVML",
            Fault = _ => GpuSourceResult.Without(GpuSourceStatus.DriverMismatch, NvidiaFaults.DriverMismatch)
        };
        using var detector = new GpuDetector([new FallbackGpuSource(broken, new FakeGpuMachine(new FakeGpu()) { Name = "nvidia-smi" })]);
        var detection = await detector.DetectAsync(Cancel);
        detection.Devices.Should().ContainSingle();
        detection.Attempts.Select(attempt => (attempt.Source, attempt.Status))
            .Should().Equal(("NVML", GpuSourceStatus.DriverMismatch), ("nvidia-smi", GpuSourceStatus.Ok));
    }

    [Fact]
    public async Task A_source_that_knows_that_there_are_no_GPUs_is_believed()
    {
        var second = new FakeGpuMachine(new FakeGpu());
        using var detector = new GpuDetector([new FallbackGpuSource(new FakeGpuMachine { Name = "NVML" }, second)]);
        var detection = await detector.DetectAsync(Cancel);
        detection.Reason.Should()
            .Be("NVML: A GPU must be installed, but the driver reports none. Check that the card sits in its slot and has power.");
        second.Calls.Should().Be(0);
    }

    [Fact]
    public async Task A_source_that_throws_is_a_failed_source()
    {
        using var detector = new GpuDetector([new FakeGpuMachine { Exception = _ => new InvalidOperationException("broken") }]);
        (await detector.DetectAsync(Cancel)).Attempts.Single().Should().Match<GpuSourceAttempt>(a => a.Status == GpuSourceStatus.Failed
            && a.Reason!.ToString()
                == "The source fake machine must answer, but threw InvalidOperationException: broken Report it to the source's author.");
    }

    [Fact]
    public async Task A_source_that_hangs_ends_with_the_caller()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu()) { Delay = Timeout.InfiniteTimeSpan }]);
        await FluentActions.Awaiting(() => detector.DetectAsync(cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Samples_come_at_once_then_at_every_interval_until_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu { Readings = call => new() { UtilizationPercent = call } })]);
        var seen = new List<double?>();
        await FluentActions.Awaiting(async () =>
        {
            await foreach (var detection in detector.SampleAsync(TimeSpan.FromMilliseconds(5), cancel.Token))
            {
                seen.Add(detection.Devices[0].Reading.UtilizationPercent);
                if (seen.Count == 5) await cancel.CancelAsync();
            }
        }).Should().ThrowAsync<OperationCanceledException>();
        seen.Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public async Task A_GPU_lost_while_sampling_is_reported_and_sampling_continues()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu(), new FakeGpu { LostFromCall = 1 })]);
        var problems = new List<string?>();
        await foreach (var detection in detector.SampleAsync(TimeSpan.FromMilliseconds(1), Cancel))
        {
            problems.Add(detection.Devices[1].Problem?.Code);
            detection.Devices[0].Problem.Should().BeNull();
            if (problems.Count == 3) break;
        }

        problems.Should().Equal(null, "gpu_lost", "gpu_lost");
    }

    [Fact]
    public async Task An_interval_of_nothing_is_refused()
    {
        using var detector = new GpuDetector([new FakeGpuMachine()]);
        await FluentActions.Awaiting(async () =>
            await detector.SampleAsync(TimeSpan.Zero, Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync())
            .Should().ThrowAsync<DeepGpuArgumentException>().WithMessage("SampleAsync: interval must be above 0,*");
    }

    [Fact]
    public async Task It_warns_of_a_slow_link_full_memory_and_throttling()
    {
        var reading = new GpuReading
        {
            MemoryFree = ByteSize.FromGibibytes(0.5),
            UtilizationPercent = 99,
            Link = new(3, 8),
            MaximumLink = new(4, 16),
            ThrottleReasons = GpuThrottleReasons.Temperature
        };
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu { Readings = _ => reading })]);
        (await detector.DetectAsync(Cancel)).Devices.Single().Warnings.Select(warning => warning.Text).Should().Equal(
            "The PCI Express link should be PCIe 4.0 x16, but is PCIe 3.0 x8. Check the slot, the riser and the BIOS setting.",
            "At least 5% of the memory should be free, but 512 MiB of 24 GiB are. End other programs on the GPU or lower the batch size.",
            "The clock should be free to rise, but is held down by Temperature. Check fans, air flow and power cables.");
    }

    [Theory]
    [InlineData("Tesla V100-SXM2-16GB", "The newest CUDA should support the card, but the last that does is 12.9. "
        + "Install PyTorch 2.14 or older in a build for CUDA 12.9 or older, or choose a newer card.")]
    [InlineData("NVIDIA GeForce RTX 3090", null)]
    [InlineData("A card that nobody knows", null)]
    public async Task It_warns_of_a_card_that_the_newest_toolkit_no_longer_supports(string name, string? text)
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu { Name = name, TotalMemory = ByteSize.FromGibibytes(16) })]);
        (await detector.DetectAsync(Cancel)).Devices.Single().Warnings.Select(warning => warning.Text)
            .Should().Equal(text is null ? [] : [text]);
    }

    [Fact]
    public async Task A_warning_is_logged_when_it_appears_not_while_it_lasts()
    {
        var log = new ListLogger<GpuDetector>();
        var hot = new GpuReading { ThrottleReasons = GpuThrottleReasons.Temperature };
        using var detector = new GpuDetector(
            [new FakeGpuMachine(new FakeGpu { Readings = call => call is 1 or 2 or 4 ? hot : GpuReading.Unknown })], logger: log);
        for (var call = 0; call < 5; call++) await detector.DetectAsync(Cancel);
        log.Lines.Count(line =>
            line.StartsWith("GPU 0 (NVIDIA GeForce RTX 3090): The clock should be free to rise,", StringComparison.Ordinal))
            .Should().Be(2);
        log.Lines.Should().Contain("fake machine: 1 GPUs.");
    }

    [Fact]
    public async Task An_idle_card_that_saves_power_gets_no_warning()
    {
        var idle = new GpuReading
        {
            MemoryFree = ByteSize.FromGibibytes(23),
            UtilizationPercent = 0,
            Link = new(1, 16),
            MaximumLink = new(4, 16),
            ThrottleReasons = GpuThrottleReasons.Idle
        };
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu { Readings = _ => idle },
            new FakeGpu { Readings = _ => GpuReading.Unknown })]);
        (await detector.DetectAsync(Cancel)).Devices.Should().OnlyContain(device => device.Warnings.Count == 0);
    }

    [Fact]
    public async Task What_detect_prints_follows_the_schema()
    {
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu(), new FakeGpu { LostFromCall = 0 })]);
        await Schemas.ShouldDescribe("gpu-detect", (await detector.DetectAsync(Cancel)).ToJson());
    }

    [Fact]
    public void Faults_of_the_options_are_listed_together()
        => new GpuDetectionOptionsValidator()
            .Validate(null, new() { CommandTimeout = TimeSpan.Zero, LeastFreeMemory = 5, SysfsFolder = "" }).Failures.Should().Equal(
            "CommandTimeout must be above 0 and below a day, but is 00:00:00. Pass a time such as 5 seconds.",
            "LeastFreeMemory must be from 0 to 1, but is 5. Pass 0 for no warning.",
            "SysfsFolder must be a path, but is empty. Leave the default.");
}
