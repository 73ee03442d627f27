using HaLong.Payments.Domain;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>What has to fit together in a file, whatever its format.</summary>
public sealed class StatementDraftTests
{
    private static readonly DateOnly Day = new(2026, 11, 29);

    [Fact]
    public void What_fits_together_has_no_faults() => Assert.Empty(FaultsOf(Draft(0, 30, Entry("A", 10), Entry("B", 20))));

    [Fact]
    public void A_statement_without_movements_is_one() => Assert.Empty(FaultsOf(Draft(1_000, 1_000)));

    [Theory]
    [InlineData(0, 29)]
    [InlineData(0, 31)]
    [InlineData(1, 30)]
    [InlineData(-1, 30)]
    public void Opening_and_movements_make_closing(long opening, long closing) =>
        Assert.Equal("line 1", Assert.Single(FaultsOf(Draft(opening, closing, Entry("A", 10), Entry("B", 20)))));

    [Fact]
    public void Balances_may_be_negative_and_movements_go_out() => Assert.Empty(FaultsOf(Draft(-5, -35, Entry("A", -40), Entry("B", 10))));

    [Fact]
    public void A_number_stands_once_whatever_the_amount() =>
        Assert.Equal(["line 4"], FaultsOf(Draft(0, 60, Entry("A", 10, line: 3), Entry("A", 20, line: 4), Entry("B", 30, line: 5))));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Movements_lie_within_the_period(int after, bool wrong) =>
        Assert.Equal(wrong, FaultsOf(Draft(0, 10, Entry("A", 10, after: after)) with { To = Day.AddDays(2) }).Count > 0);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void The_period_has_an_order_and_an_end(int days, bool wrong) =>
        Assert.Equal(wrong, FaultsOf(Draft(0, 0) with { To = Day.AddDays(days) }).Count > 0);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    [InlineData(PaymentRequest.MaxAmount, false)]
    [InlineData(-PaymentRequest.MaxAmount, false)]
    [InlineData(PaymentRequest.MaxAmount + 1, true)]
    [InlineData(-PaymentRequest.MaxAmount - 1, true)]
    [InlineData(long.MinValue, true)]
    public void Amounts_are_not_nothing_and_have_13_digits(long amount, bool wrong) =>
        Assert.Equal(wrong, FaultsOf(Draft(null, null, Entry("A", amount))).Count > 0);

    [Fact]
    public void Numbers_and_texts_have_lengths()
    {
        Assert.Empty(FaultsOf(Draft(0, 1, Entry(new string('x', 100), 1, text: new string('y', 500)))));
        foreach (var number in new[] { "", new string('x', 101), "a\tb", "a\0" })
            Assert.NotEmpty(FaultsOf(Draft(0, 1, Entry(number, 1))));
        foreach (var text in new[] { new string('y', 501), "a\0b" })
            Assert.NotEmpty(FaultsOf(Draft(0, 1, Entry("A", 1, text: text))));
    }

    [Fact]
    public void Sums_of_very_large_movements_do_not_overflow()
    {
        var entries = Enumerable.Range(0, 3).Select(i => Entry("A" + i, long.MaxValue / 2)).ToArray();
        Assert.Contains("line 1", FaultsOf(Draft(0, 5, entries)));
    }

    [Theory]
    [InlineData("HLQ7K3M9XW2P", "HLQ7K3M9XW2P")]
    [InlineData("ck hlq7k3m9xw2p nop phi", "HLQ7K3M9XW2P")]
    [InlineData("HLQ7K3M9XW2", "HLQ7K3M9XW2")]
    [InlineData("HLQ7K3M9XW2PHLQ7K3M9XW2P", "HLQ7K3M9XW2P")]
    [InlineData("HLQ7K3M9XW2P NQAAAAAAAAAA", "HLQ7K3M9XW2P")]
    [InlineData("MBVCB.1 nq aaaa aaaa aa GD 1", "NQAAAAAAAAAA")]
    [InlineData("hoan phi 0123456789abCD", "HOANPHI0123456789AB")]
    [InlineData("HOAN PHI 0123", "HOANPHI0123")]
    [InlineData("  Nop   tien ", "NOPTIEN")]
    public void The_key_is_what_both_sides_can_know(string text, string key) => Assert.Equal(key, Entry("A", 1, text: text).MatchKey);

    [Fact]
    public void A_long_text_is_cut_where_the_key_ends() => Assert.Equal(200, Entry("A", 1, text: new string('x', 400)).MatchKey.Length);

    private static List<string> FaultsOf(StatementDraft draft)
    {
        var faults = new Faults();
        draft.Check(faults);
        return [.. faults.ToError().FieldMessages.Select(f => f.Field)];
    }

    private static StatementDraft Draft(long? opening, long? closing, params EntryDraft[] entries) => new("csv", "970436", "001", Day, Day, opening, closing, entries);

    private static EntryDraft Entry(string number, long amount, int line = 3, int after = 0, string text = "") => new(line, Day.AddDays(after), number, amount, false, text);
}
