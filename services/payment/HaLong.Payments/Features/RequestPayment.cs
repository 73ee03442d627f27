using HaLong.Dossiers.Contracts.Events;
using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Asks for the money that is due when a dossier is filed: once for each dossier, whatever is told how often.</summary>
internal sealed partial class RequestPayment(
    PaymentDbContext db,
    IOptions<PaymentOptions> options,
    IOptions<BeneficiaryOptions> beneficiaries,
    TimeProvider time,
    ILogger<RequestPayment> log) : IConsumer<DossierSubmitted>
{
    public async Task Consume(ConsumeContext<DossierSubmitted> context)
    {
        var (dossier, ct) = (context.Message, context.CancellationToken);
        if (dossier.Fees is null || dossier.Fees.All(f => f.Amount == 0))
            return;
        await db.LockDossierAsync(dossier.DossierId, ct);
        if (await db.Payments.AnyAsync(p => p.DossierId == dossier.DossierId && p.Moment == PaymentRequest.AtFiling, ct))
            return;

        var opened = PaymentRequest.Open(
            new PaymentPurpose(
                dossier.DossierId, dossier.Code, dossier.ProcedureCode, dossier.UnitCode, dossier.OwnerId, dossier.ActorId, dossier.Channel),
            [.. dossier.Fees.Select((f, i) => new PaymentItem(i + 1, f.Kind, f.NameVi, f.Amount, f.Assumed))],
            beneficiaries.Value.For(dossier.UnitCode),
            PaymentReference.Create(),
            time.GetUtcNow(),
            options.Value.Lifetime);
        if (!opened.IsSuccess)
            throw new ErrorException(opened.Error);

        var payment = opened.Value;
        db.Add(payment);
        db.Enqueue(new PaymentRequested(
            payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, payment.CreatedAt, payment.Reference, payment.ExpiresAt));
        Requested(log, payment.Id, payment.DossierId, payment.Amount);
    }

    [LoggerMessage(4001, LogLevel.Information, "Payment {PaymentId} requested for dossier {DossierId}: {Amount} đồng")]
    private static partial void Requested(ILogger log, Guid paymentId, Guid dossierId, long amount);
}
