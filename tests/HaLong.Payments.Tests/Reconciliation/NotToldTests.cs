using System.Text.Json;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.Payments.Reconciliation;
using HaLong.Payments.Tests.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>Money that only a statement shows.</summary>
public sealed class NotToldTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    [Fact]
    public void It_becomes_the_notice_that_did_not_come()
    {
        var entry = Entry();

        var notice = UntoldNotice.Of(entry, Some.Now);

        Assert.Equal(("lab", "FT1", true, 150_000L), (notice.Provider, notice.EventId, notice.Original, notice.Amount));
        Assert.Equal(("970436", "0011000000001", "HLQ7K3M9XW2P"), (notice.Bin, notice.Account, notice.Remittance));
        Assert.Equal(entry.BookedOn, LocalTime.Date(notice.BookedAt));
        Assert.Equal(Some.Now, notice.ReceivedAt);
        Assert.Equal(42, JsonDocument.Parse(notice.RawBody).RootElement.GetProperty("statementEntry").GetInt64());
        Assert.Equal(64, notice.PayloadHash.Length);
    }

    [Fact]
    public void Another_entry_has_another_hash() =>
        Assert.NotEqual(UntoldNotice.Of(Entry(), Some.Now).PayloadHash, UntoldNotice.Of(Entry("FT2"), Some.Now).PayloadHash);

    [Fact]
    public void It_waits_for_a_person_from_the_beginning()
    {
        var (id, payment) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var handling = NoticeHandling.Untold(id, payment, Some.Now);
        Assert.Equal((NoticeState.Mismatched, MismatchReason.NotTold, payment, Some.Now), (handling.State, handling.Reason, handling.PaymentId, handling.DecidedAt));
        Assert.Null(handling.WatchedAt);
        Assert.Throws<InvalidOperationException>(() => handling.Settle(payment, Some.Now));
    }

    [Fact]
    public void A_deposit_needs_nobody()
    {
        var handling = NoticeHandling.OfDeposit(Guid.CreateVersion7(), Some.Now);
        Assert.Equal((NoticeState.Settled, null, null), (handling.State, handling.Reason, handling.PaymentId));
        var told = NoticeHandling.Received(Guid.CreateVersion7(), Some.Now, Patience);
        told.Deposited(Some.Now);
        Assert.Equal((NoticeState.Settled, (DateTimeOffset?)null), (told.State, told.WatchedAt));
    }

    [Theory]
    [InlineData(nameof(PaymentState.Pending), 150_000, nameof(CaseDecision.Accept))]
    [InlineData(nameof(PaymentState.Pending), 150_001, nameof(CaseDecision.Accept))]
    [InlineData(nameof(PaymentState.Pending), 149_999, nameof(CaseDecision.Refund))]
    [InlineData(nameof(PaymentState.Expired), 150_000, nameof(CaseDecision.Accept))]
    [InlineData(nameof(PaymentState.Processing), 150_000, nameof(CaseDecision.Accept))]
    [InlineData(nameof(PaymentState.Unknown), 150_000, nameof(CaseDecision.Accept))]
    [InlineData(nameof(PaymentState.Settled), 150_000, nameof(CaseDecision.Refund))]
    [InlineData(nameof(PaymentState.Refunded), 150_000, nameof(CaseDecision.Refund))]
    [InlineData(nameof(PaymentState.Cancelled), 150_000, nameof(CaseDecision.Refund))]
    [InlineData(nameof(PaymentState.Created), 150_000, nameof(CaseDecision.Refund))]
    public void What_names_a_request_is_proposed_to_pay_it_where_it_can(string state, long amount, string proposal)
    {
        var payment = Some.In(Enum.Parse<PaymentState>(state));
        var opened = MoneyCase.Open(UntoldNotice.Of(Entry(amount: amount), Some.Now), MismatchReason.NotTold, payment, null, Some.Now, Patience);
        Assert.Equal((CaseKind.NotTold, Enum.Parse<CaseDecision>(proposal), payment.Id), (opened.Kind, opened.Proposal, opened.PaymentId));
        Assert.Equal((payment.UnitCode, amount, Some.Now + Patience), (opened.UnitCode, opened.Amount, opened.DueAt));
    }

    [Fact]
    public void What_names_none_is_assigned_where_it_nearly_does()
    {
        var guess = new ReferenceGuess(Guid.CreateVersion7(), 91);
        var notice = UntoldNotice.Of(Entry(), Some.Now);
        Assert.Equal(CaseDecision.Assign, MoneyCase.Open(notice, MismatchReason.NotTold, null, guess, Some.Now, Patience).Proposal);
        var nobodys = MoneyCase.Open(notice, MismatchReason.NotTold, null, null, Some.Now, Patience);
        Assert.Equal((CaseDecision.Dismiss, null, null), (nobodys.Proposal, nobodys.UnitCode, nobodys.GuessedPaymentId));
    }

    private static StatementEntry Entry(string number = "FT1", long amount = 150_000) => new()
    {
        Id = 42,
        Source = "lab",
        Scope = "970436:0011000000001",
        BookedOn = new DateOnly(2026, 11, 19),
        BankReference = number,
        Amount = amount,
        Text = "HLQ7K3M9XW2P",
        MatchKey = "HLQ7K3M9XW2P",
    };
}
