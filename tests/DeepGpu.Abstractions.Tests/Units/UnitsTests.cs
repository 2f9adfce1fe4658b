using System.Globalization;

namespace DeepGpu.Tests;

public class UnitsTests
{
    [Fact]
    public void A_byte_size_is_counted_in_powers_of_two()
    {
        ByteSize.FromGibibytes(24).Bytes.Should().Be(24L << 30);
        ByteSize.FromMebibytes(1.5).Bytes.Should().Be(3L << 19);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(373_288, "364.54 KiB")]
    [InlineData(24L << 30, "24 GiB")]
    [InlineData(-(1L << 30), "-1 GiB")]
    public void A_byte_size_is_shown_in_the_largest_unit_that_leaves_at_least_one(long bytes, string text)
        => ByteSize.FromBytes(bytes).ToString().Should().Be(text);

    [Fact]
    public void Moving_bytes_at_a_rate_takes_time()
        => (ByteSize.FromBytes(936_200_000_000) / Bandwidth.FromGigabytesPerSecond(936.2)).Should().Be(TimeSpan.FromSeconds(1));

    [Fact]
    public void Power_over_time_is_energy()
    {
        (Power.FromWatts(350) * TimeSpan.FromHours(2)).KilowattHours.Should().BeApproximately(0.7, 1e-12);
        Energy.FromJoules(42).ToString().Should().Be("42 J");
        Energy.FromKilowattHours(1.25).ToString().Should().Be("1.25 kWh");
    }

    [Fact]
    public void Quantities_compare_and_add()
    {
        (ComputeRate.FromTeraflops(1) + ComputeRate.FromTeraflops(2)).Should().Be(ComputeRate.FromTeraflops(3));
        (Money.FromDollars(2) > Money.FromDollars(1)).Should().BeTrue();
        (Bandwidth.FromGigabytesPerSecond(100) / Bandwidth.FromGigabytesPerSecond(50)).Should().Be(2);
    }

    [Fact]
    public void A_clock_is_shown_in_megahertz_and_a_temperature_in_degrees()
    {
        Frequency.FromMegahertz(1695).Should().Be(Frequency.FromHertz(1.695e9));
        (Frequency.FromMegahertz(1695.5).ToString(), Temperature.FromCelsius(71.25).ToString()).Should().Be(("1695.5 MHz", "71.3 °C"));
        (Temperature.FromCelsius(80) > Temperature.FromCelsius(71),
            Frequency.FromMegahertz(300) / Frequency.FromMegahertz(100)).Should().Be((true, 3));
    }

    [Fact]
    public void Text_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Bandwidth.FromGigabytesPerSecond(936.2).ToString().Should().Be("936.2 GB/s");
            ByteSize.FromMebibytes(1.5).ToString().Should().Be("1.5 MiB");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(NumberFormat.Float64, 8)]
    [InlineData(NumberFormat.Float32, 4)]
    [InlineData(NumberFormat.TensorFloat32, 4)]
    [InlineData(NumberFormat.BFloat16, 2)]
    [InlineData(NumberFormat.Int8, 1)]
    public void A_number_format_knows_its_size(NumberFormat format, int bytes) => format.BytesPerElement().Should().Be(bytes);

    [Fact]
    public void An_estimate_is_the_same_text_in_every_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
        try
        {
            new Estimate<double>(1.5, 1.25, 2, "b").ToString().Should().Be("1.5 (1.25 to 2)");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
