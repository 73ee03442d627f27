using HaLong.Dossiers.Contracts;
using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Opens payment requests: one for each moment of charging of a dossier, whatever is told how often.</summary>
internal sealed partial class PaymentOpener(PaymentDbContext db, IOptions<BeneficiaryOptions> beneficiaries, TimeProvider time, ILogger<PaymentOpener> log)
{
    /// <exception cref="ErrorException">The amounts are none: kept for a person to look at.</exception>
    public async Task OpenAsync(PaymentPurpose purpose, IReadOnlyList<FeeItem>? fees, string moment, Func<DateTimeOffset, TimeSpan> lifetime, CancellationToken ct)
    {
        if (fees is null || fees.All(f => f.Amount == 0))
            return;
        await db.LockDossierAsync(purpose.DossierId, ct);
        if (await db.Payments.AnyAsync(p => p.DossierId == purpose.DossierId && p.Moment == moment, ct)
            || await db.ClosedDossiers.AnyAsync(d => d.DossierId == purpose.DossierId, ct))
            return;
        var now = time.GetUtcNow();
        var opened = PaymentRequest.Open(
            purpose,
            [.. fees.Select((f, i) => new PaymentItem(i + 1, f.Kind, f.NameVi, f.Amount, f.Assumed))],
            beneficiaries.Value.For(purpose.UnitCode), PaymentReference.Create(), now, lifetime(now), moment);
        if (!opened.IsSuccess)
            throw new ErrorException(opened.Error);

        var payment = opened.Value;
        db.Add(payment);
        db.Record(payment);
        db.Enqueue(new PaymentRequested(
            payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, payment.CreatedAt, payment.Reference, payment.ExpiresAt)
        { Moment = moment });
        Requested(log, payment.Id, payment.DossierId, payment.Amount);
    }

    [LoggerMessage(4001, LogLevel.Information, "Payment {PaymentId} requested for dossier {DossierId}: {Amount} đồng")]
    private static partial void Requested(ILogger log, Guid paymentId, Guid dossierId, long amount);
}
