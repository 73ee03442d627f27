using HaLong.Payments.Domain;

namespace HaLong.Payments.Tests.Domain;

/// <summary>Things to test with.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(15);
    public static readonly Beneficiary Account = new("970436", "0011000000001", "TTPVHCC HA LONG", Assumed: true);

    /// <summary>A provider that takes the payer over.</summary>
    public const string Portal = "portal";

    public static readonly IReadOnlySet<string> Providers = new HashSet<string> { Portal };

    public static PaymentPurpose Purpose() => new(
        Guid.CreateVersion7(), "000.00.01.H49-261120-0001", "1.013978", "06658", Guid.CreateVersion7(), Guid.CreateVersion7(), "online");

    public static PaymentItem Item(long amount, int line = 1) => new(line, "lePhi", "Lệ phí địa chính", amount, Assumed: true);

    public static PaymentRequest Payment(long amount = 150_000) =>
        PaymentRequest.Open(Purpose(), [Item(amount)], Account, PaymentReference.Create(), Now, Lifetime).Value;

    /// <summary>A request in a state, by the shortest way that leads there.</summary>
    public static PaymentRequest In(PaymentState state)
    {
        var payment = state == PaymentState.Created
            ? PaymentRequest.Open(Purpose(), [Item(150_000)], Account, PaymentReference.Create(), Now, Lifetime, offered: false).Value
            : Payment();
        var later = Now.AddHours(1);
        switch (state)
        {
            case PaymentState.Processing or PaymentState.Unknown:
                var attempt = payment.StartAttempt(Portal, Providers, Guid.Empty, later).Value;
                if (state == PaymentState.Unknown)
                    payment.Lose(attempt, later);
                break;
            case PaymentState.Settled or PaymentState.PartiallyRefunded or PaymentState.Refunded:
                payment.Settle(Notice(payment), later);
                if (state != PaymentState.Settled)
                    payment.Refund(state == PaymentState.Refunded ? 150_000 : 50_000, later);
                break;
            case PaymentState.Expired:
                payment.Expire(Now + Lifetime);
                break;
            case PaymentState.Cancelled:
                payment.Cancel(ClosedDossier.Withdrawn, later);
                break;
        }
        return payment;
    }

    public static BankNotice Notice(PaymentRequest payment) => new()
    {
        Id = Guid.CreateVersion7(),
        Provider = "lab",
        EventId = "evt-1",
        PayloadHash = "",
        RawBody = "{}",
        Original = true,
        Amount = payment.Amount,
        Account = payment.Beneficiary.Account,
        Bin = payment.Beneficiary.Bin,
        Remittance = payment.Reference,
        BookedAt = Now.AddHours(1),
        ReceivedAt = Now.AddHours(1),
    };
}
