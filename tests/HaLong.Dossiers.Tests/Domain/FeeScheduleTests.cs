using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class FeeScheduleTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public void A_fee_without_an_amount_and_without_a_tariff_is_not_due() =>
        Assert.Empty(FeeSchedule.Due(DossierTests.Content("1.013978"), [], "online", Day));

    [Fact]
    public void A_tariff_fills_the_amount_and_shows_as_assumed()
    {
        var due = FeeSchedule.Due(DossierTests.Content("1.013978"), [Tariff("phi", 100_000), Tariff("lePhi", 50_000)], "online", Day);
        Assert.Equal([("phi", 100_000L, true), ("lePhi", 50_000L, true)], due.Select(f => (f.Kind, f.Amount, f.Assumed)));
    }

    [Theory]
    [InlineData("2027-01-01", null)]
    [InlineData("2020-01-01", "2026-11-22")]
    public void A_tariff_counts_only_while_it_is_valid(string from, string? to) =>
        Assert.Empty(FeeSchedule.Due(DossierTests.Content("1.013978"), [Tariff("phi", 100_000, from, to)], "online", Day));

    [Fact]
    public void The_latest_valid_tariff_wins()
    {
        var due = FeeSchedule.Due(DossierTests.Content("1.013978"), [Tariff("phi", 100_000, "2020-01-01"), Tariff("phi", 120_000, "2026-01-01")], "online", Day);
        Assert.Equal(120_000, Assert.Single(due).Amount);
    }

    [Fact]
    public void The_tariff_of_another_procedure_does_not_count() =>
        Assert.Empty(FeeSchedule.Due(DossierTests.Content("1.013831"), [Tariff("phi", 100_000)], "online", Day));

    [Theory]
    [InlineData("online", 10_000)]
    [InlineData("assisted", 10_000)]
    [InlineData("counter", 20_000)]
    public void The_fee_of_the_channel_counts(string channel, long amount) =>
        Assert.Equal(amount, Assert.Single(FeeSchedule.Due(DossierTests.Content("1.004222"), [], channel, Day)).Amount);

    [Fact]
    public void A_published_amount_is_not_assumed() =>
        Assert.False(Assert.Single(FeeSchedule.Due(DossierTests.Content("2.000635"), [], "online", Day)).Assumed);

    [Fact]
    public void Optional_fees_and_fees_per_page_are_not_due_at_filing()
    {
        Assert.Empty(FeeSchedule.Due(DossierTests.Content("1.001193"), [], "online", Day));
        Assert.Empty(FeeSchedule.Due(DossierTests.Content("2.000815"), [], "counter", Day));
    }

    private static TariffItem Tariff(string kind, long amount, string from = "2025-07-01", string? to = null) => new()
    {
        Id = Guid.CreateVersion7(),
        ProcedureCode = "1.013978",
        Kind = kind,
        NameVi = kind,
        AmountVnd = amount,
        ValidFrom = DateOnly.Parse(from, null),
        ValidTo = to is null ? null : DateOnly.Parse(to, null),
        Assumed = true,
    };
}
