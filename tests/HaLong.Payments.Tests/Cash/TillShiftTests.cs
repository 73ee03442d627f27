using HaLong.Payments.Cash;
using HaLong.Payments.Tests.Domain;

namespace HaLong.Payments.Tests.Cash;

/// <summary>The rules of a shift.</summary>
public sealed class TillShiftTests
{
    private static readonly Guid Cashier = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    [Fact]
    public void What_is_expected_is_the_change_and_what_was_taken()
    {
        var shift = Open();
        shift.Take(150_000);
        shift.Take(50_000);
        Assert.Equal((300_000L, 200_000L, 2, 0L), (shift.Expected, shift.Taken, shift.Payments, shift.Difference));
        Assert.Matches("^NQ[0-9A-HJKMNP-TV-Z]{10}$", shift.Reference);
    }

    [Theory]
    [InlineData(100_000, 0, 100_000, 0)]
    [InlineData(90_000, -10_000, 90_000, 0)]
    [InlineData(105_000, 5_000, 100_000, 5_000)]
    public void Change_goes_back_first_and_the_rest_to_the_bank(long counted, long difference, long back, long deposit)
    {
        var shift = Open();
        Assert.True(shift.Count(counted, "vì sao", Cashier, Some.Now, Patience).IsSuccess);
        Assert.True(shift.Review(agreed: true, Second, null, Some.Now).IsSuccess);
        Assert.Equal((difference, back, deposit), (shift.Difference, shift.FloatReturned, shift.ToDeposit));
        Assert.Equal(difference == 0 ? null : "vì sao", shift.Reason);
    }

    [Fact]
    public void Over_or_short_needs_a_reason()
    {
        var shift = Open();
        Assert.Equal("PAY-0709", shift.Count(99_000, " ", Cashier, Some.Now, Patience).Error.Code);
        Assert.Equal("PAY-0709", shift.Count(101_000, null, Cashier, Some.Now, Patience).Error.Code);
        Assert.Equal(ShiftState.Open, shift.State);
    }

    [Fact]
    public void Who_took_or_counted_does_not_agree_and_a_count_can_be_done_again_until_then()
    {
        var shift = Open();
        Assert.Equal("PAY-0710", shift.Review(agreed: true, Second, null, Some.Now).Error.Code);
        shift.Count(100_000, null, Cashier, Some.Now, Patience);
        shift.Count(95_000, "thiếu", Cashier, Some.Now, Patience);
        Assert.Equal(2, shift.Counts);
        Assert.Equal("PAY-0711", shift.Review(agreed: true, Cashier, null, Some.Now).Error.Code);
        Assert.True(shift.Review(agreed: false, Second, "đếm lại", Some.Now).IsSuccess);
        Assert.Equal(ShiftState.Open, shift.State);
        shift.Count(100_000, null, Cashier, Some.Now, Patience);
        Assert.True(shift.Review(agreed: true, Second, null, Some.Now).IsSuccess);
        Assert.Equal("PAY-0704", shift.Count(100_000, null, Cashier, Some.Now, Patience).Error.Code);
        Assert.Equal("PAY-0710", shift.Review(agreed: true, Second, null, Some.Now).Error.Code);
    }

    [Fact]
    public void A_colleague_counts_only_what_was_left_behind_and_does_not_agree_to_it()
    {
        var shift = Open();
        Assert.Equal("PAY-0716", shift.Count(100_000, null, Second, Some.Now + Patience, Patience).Error.Code);
        Assert.True(shift.Count(100_000, null, Second, Some.Now + Patience + TimeSpan.FromSeconds(1), Patience).IsSuccess);
        Assert.Equal("PAY-0711", shift.Review(agreed: true, Second, null, Some.Now).Error.Code);
        Assert.Equal("PAY-0711", shift.Review(agreed: true, Cashier, null, Some.Now).Error.Code);
    }

    [Fact]
    public void Cash_is_taken_in_an_open_shift_for_its_account_and_not_for_ever()
    {
        var (shift, payment) = (Open(), Some.Payment());
        Assert.Null(shift.RefusalToTake(payment, Some.Now + Patience, Patience));
        Assert.Equal("PAY-0705", shift.RefusalToTake(payment, Some.Now + Patience + TimeSpan.FromSeconds(1), Patience)?.Code);
        var elsewhere = TillShift.Open("06658", "1", Cashier, Some.Account with { Account = "999" }, 0, Some.Now);
        Assert.Equal("PAY-0706", elsewhere.RefusalToTake(payment, Some.Now, Patience)?.Code);
        shift.Count(100_000, null, Cashier, Some.Now, Patience);
        Assert.Equal("PAY-0704", shift.RefusalToTake(payment, Some.Now, Patience)?.Code);
    }

    [Fact]
    public void The_cash_of_a_closed_shift_goes_to_the_bank_once_and_whole_and_arrives_once()
    {
        var shift = Open();
        shift.Take(150_000);
        Assert.Equal("PAY-0712", shift.Deposit(150_000, "1", default, Cashier).Error.Code);
        shift.Count(250_000, null, Cashier, Some.Now, Patience);
        shift.Review(agreed: true, Second, null, Some.Now);
        Assert.Equal("PAY-0714", shift.Deposit(149_999, "1", default, Cashier).Error.Code);
        Assert.True(shift.Deposit(150_000, "1", default, Cashier).IsSuccess);
        Assert.Equal("PAY-0713", shift.Deposit(150_000, "1", default, Cashier).Error.Code);
        Assert.True(shift.Arrive(Some.Now));
        Assert.False(shift.Arrive(Some.Now));
    }

    [Fact]
    public void Notes_are_those_that_circulate()
    {
        Assert.Equal(1_502_700, Banknotes.Sum(Counter.Pieces(("500000", 3), ("2000", 1), ("500", 1), ("200", 1), ("100", 0))).Value);
        Assert.Equal(0, Banknotes.Sum(Counter.Pieces()).Value);
        var error = Banknotes.Sum(Counter.Pieces(("30000", 1), ("x", 1), ("+500", 1), ("500", -1), ("100", 1_000_001))).Error;
        Assert.Equal("PAY-0708", error.Code);
        Assert.Equal(5, error.Fields.Count);
        Assert.Equal("PAY-0708", Banknotes.Sum(null).Error.Code);
        Assert.Equal("""{"500000":1,"1000":2}""", Banknotes.Json(Counter.Pieces(("1000", 2), ("500000", 1), ("200", 0))));
    }

    private static TillShift Open() => TillShift.Open("06658", "1", Cashier, Some.Account, 100_000, Some.Now);
}
