namespace DeepGpu.Hardware.Tests.Detection;

public class GpuEnergyMeterTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drivers_own_counter_is_taken_where_there_is_one()
    {
        using var detector = Detector(call => new() { Power = Power.FromWatts(100), TotalEnergy = Energy.FromJoules(1000 + call) },
            TimeSpan.FromHours(1));
        await using var meter = await detector.MeasureEnergyAsync(Cancel);
        var measured = await meter.StopAsync(Cancel);
        measured.Devices.Single().Should()
            .Match<GpuDeviceEnergy>(d => d.Basis == GpuEnergyBasis.DriverCounter && d.Energy == Energy.FromJoules(1));
        measured.Total.Should().Be(Energy.FromJoules(1));
    }

    [Fact]
    public async Task Power_is_summed_over_time_where_there_is_no_counter()
    {
        using var detector = Detector(_ => new() { Power = Power.FromWatts(200) }, TimeSpan.FromMilliseconds(5));
        await using var meter = await detector.MeasureEnergyAsync(Cancel);
        await Task.Delay(100, Cancel);
        var measured = await meter.StopAsync(Cancel);
        measured.Devices.Single().Basis.Should().Be(GpuEnergyBasis.PowerSamples);
        measured.Total!.Value.Joules.Should().BeApproximately(200 * measured.Elapsed.TotalSeconds,
            0.2 * 200 * measured.Elapsed.TotalSeconds);
        measured.MeanPower!.Value.Watts.Should().BeInRange(160, 200.1);
    }

    [Fact]
    public async Task Changing_power_is_taken_at_the_middle_between_two_readings()
    {
        using var detector = Detector(call => new() { Power = Power.FromWatts(call == 0 ? 0 : 100) }, TimeSpan.FromHours(1));
        await using var meter = await detector.MeasureEnergyAsync(Cancel);
        await Task.Delay(400, Cancel);
        var measured = await meter.StopAsync(Cancel);
        measured.Total!.Value.Joules.Should().BeApproximately(50 * measured.Elapsed.TotalSeconds,
            0.25 * 50 * measured.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task Without_power_and_counter_the_energy_is_unknown_not_nothing()
    {
        using var detector = Detector(_ => GpuReading.Unknown, TimeSpan.FromHours(1));
        using var meter = await detector.MeasureEnergyAsync(Cancel);
        var measured = await meter.StopAsync(Cancel);
        (measured.Total, measured.MeanPower, measured.Devices.Single().Energy).Should().Be((null, null, null));
    }

    [Fact]
    public async Task A_machine_without_GPUs_measures_nothing()
    {
        using var detector = new GpuDetector([new FakeGpuMachine()]);
        using var meter = await detector.MeasureEnergyAsync(Cancel);
        meter.Read().Should().Match<GpuEnergyMeasurement>(m => m.Devices.Count == 0 && m.Total == null);
    }

    [Fact]
    public async Task Disposing_ends_the_readings_and_keeps_what_was_measured()
    {
        var machine = new FakeGpuMachine(new FakeGpu { Readings = call => new() { TotalEnergy = Energy.FromJoules(call) } });
        using var detector = new GpuDetector([machine], options: new() { EnergyInterval = TimeSpan.FromMilliseconds(2) });
        var meter = await detector.MeasureEnergyAsync(Cancel);
        while (machine.Calls < 5) await Task.Delay(2, Cancel);
        await meter.DisposeAsync();
        var (calls, measured) = (machine.Calls, meter.Read().Total);
        await Task.Delay(30, Cancel);
        machine.Calls.Should().Be(calls);
        meter.Read().Total.Should().Be(measured).And.NotBe(Energy.FromJoules(0));
        (await meter.StopAsync(Cancel)).Total.Should().Be(measured);
    }

    [Fact]
    public async Task Stopping_twice_gives_the_same()
    {
        using var detector = Detector(call => new() { TotalEnergy = Energy.FromJoules(call) }, TimeSpan.FromHours(1));
        await using var meter = await detector.MeasureEnergyAsync(Cancel);
        (await meter.StopAsync(Cancel)).Should().BeSameAs(await meter.StopAsync(Cancel));
    }

    private static GpuDetector Detector(Func<int, GpuReading> readings, TimeSpan interval)
        => new([new FakeGpuMachine(new FakeGpu { Readings = readings })], options: new() { EnergyInterval = interval });
}
