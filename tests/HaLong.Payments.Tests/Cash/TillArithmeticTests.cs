using CsCheck;
using HaLong.Payments.Cash;
using HaLong.Payments.Tests.Domain;
using static HaLong.Payments.Tests.Cash.Counter;

namespace HaLong.Payments.Tests.Cash;

/// <summary>Pieces, sums and what is left of them, whatever the amounts.</summary>
public sealed class TillArithmeticTests
{
    private static readonly Guid Cashier = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();

    private static readonly Gen<Dictionary<string, int>> Counts = Gen.Int[0, 1_000].Array[Banknotes.Values.Count]
        .Select(pieces => pieces.Index().ToDictionary(p => Banknotes.Values[p.Index].ToString(null as IFormatProvider), p => p.Item));

    [Fact]
    public void The_denominations_fall_and_each_is_once()
    {
        Assert.Equal(Banknotes.Values.Distinct().OrderDescending(), Banknotes.Values);
        Assert.Equal(888_800, Banknotes.Sum(Banknotes.Values.ToDictionary(v => $"{v}", _ => 1)).Value);
        Assert.Equal(888_800_000_000, Banknotes.Sum(Banknotes.Values.ToDictionary(v => $"{v}", _ => 1_000_000)).Value);
    }

    [Theory]
    [InlineData("0500")]
    [InlineData(" 500")]
    [InlineData("500 ")]
    [InlineData("-500")]
    [InlineData("500.0")]
    [InlineData("5e2")]
    [InlineData("５００")]
    [InlineData("0")]
    [InlineData("50")]
    [InlineData("1000000")]
    [InlineData("99999999999")]
    [InlineData("")]
    public void A_denomination_is_written_in_one_way(string written)
    {
        var error = Banknotes.Sum(Pieces((written, 1), ("1000", 3))).Error;
        Assert.Equal(("PAY-0708", "denominations." + written), (error.Code, Assert.Single(error.FieldMessages).Field));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1_000_000, true)]
    [InlineData(-1, false)]
    [InlineData(1_000_001, false)]
    [InlineData(int.MinValue, false)]
    public void A_number_of_pieces_has_bounds(int pieces, bool good) => Assert.Equal(good, Banknotes.Sum(Pieces(("500", pieces))).IsSuccess);

    [Fact]
    public void What_is_kept_of_a_count_makes_the_same_sum() => Counts.Sample(counted =>
    {
        var kept = Banknotes.Read(Banknotes.Json(counted));
        return kept.Values.All(p => p > 0) && Banknotes.Sum(kept).Value == Banknotes.Sum(counted).Value
            && kept.Keys.Select(long.Parse).SequenceEqual(kept.Keys.Select(long.Parse).OrderDescending());
    });

    [Fact]
    public void Everything_counted_goes_back_as_change_or_to_the_bank() => Gen.Select(Gen.Long[0, 5_000_000], Gen.Long[1, 900_000].Array[0, 20], Gen.Long[0, 20_000_000]).Sample((change, taken, counted) =>
    {
        var shift = Open(change);
        foreach (var amount in taken)
            shift.Take(amount);
        shift.Count(counted, "lệch", Cashier, Some.Now, TimeSpan.FromHours(12));
        var before = ShiftView.Of(shift);
        shift.Review(agreed: true, Second, null, Some.Now);
        var after = ShiftView.Of(shift);
        return (before.FloatReturned, before.ToDeposit) == (0, 0)
            && after.Expected == change + taken.Sum() && after.Payments == taken.Length
            && after.Expected + after.Difference == counted
            && after.FloatReturned + after.ToDeposit == counted && after.FloatReturned <= change && after.ToDeposit >= 0
            && (after.Reason is null) == (after.Difference == 0);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100_000, 100_000)]
    [InlineData(100_000, 40_000)]
    public void A_till_with_no_more_than_its_change_has_nothing_for_the_bank(long change, long counted)
    {
        var shift = Open(change);
        shift.Count(counted, "thiếu", Cashier, Some.Now, TimeSpan.FromHours(12));
        shift.Review(agreed: true, Second, null, Some.Now);
        Assert.Equal(0, shift.ToDeposit);
        Assert.Equal("PAY-0713", shift.Deposit(0, "1", default, Cashier).Error.Code);
    }

    [Fact]
    public void A_shift_is_noticed_as_left_open_once()
    {
        var shift = Open(0);
        Assert.False(ShiftView.Of(shift).LeftOpen);
        shift.Raise(Some.Now);
        shift.Raise(Some.Now.AddHours(1));
        Assert.Equal((true, Some.Now), (ShiftView.Of(shift).LeftOpen, shift.RaisedAt!.Value));
    }

    private static TillShift Open(long change) => TillShift.Open("06658", "1", Cashier, Some.Account, change, Some.Now);
}
