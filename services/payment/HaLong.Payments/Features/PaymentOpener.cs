using HaLong.Dossiers.Contracts;
using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Fees;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>
/// Opens payment requests: one for each moment of charging of a dossier, whatever is told how often. The quote that is made here counts, whatever
/// others have shown before; where nothing is left of what would be due, that is told instead.
/// </summary>
internal sealed partial class PaymentOpener(
    PaymentDbContext db, IOptions<BeneficiaryOptions> beneficiaries, FeeQuoter quoter, PaymentInstruments instruments, TimeProvider time, ILogger<PaymentOpener> log)
{
    /// <exception cref="ErrorException">The amounts are none: kept for a person to look at.</exception>
    public async Task OpenAsync(
        PaymentPurpose purpose, IReadOnlyList<FeeItem>? fees, FeeBasis? basis, string moment, Func<DateTimeOffset, TimeSpan> lifetime, CancellationToken ct)
    {
        var quote = Quote(purpose, fees ?? [], basis);
        if (quote.Lines.All(l => l.Full == 0))
            return;
        await db.LockDossierAsync(purpose.DossierId, ct);
        if (await db.Payments.AnyAsync(p => p.DossierId == purpose.DossierId && p.Moment == moment, ct)
            || await db.Waivers.AnyAsync(w => w.DossierId == purpose.DossierId && w.Moment == moment, ct)
            || await db.ClosedDossiers.AnyAsync(d => d.DossierId == purpose.DossierId, ct))
            return;
        var now = time.GetUtcNow();
        if (quote.IsWaived)
        {
            Waive(purpose, quote, moment, now);
            return;
        }
        var opened = PaymentRequest.Open(
            purpose, [.. quote.Lines.Select((l, i) => ItemOf(l, i + 1, purpose.UnitCode))],
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

    private FeeQuote Quote(PaymentPurpose purpose, IReadOnlyList<FeeItem> fees, FeeBasis? basis)
    {
        try
        {
            return basis is null ? FeeQuoter.AsDemanded(fees) : quoter.Quote(new FeeSituation(purpose.ProcedureCode, purpose.Channel, basis));
        }
        catch (OverflowException)
        {
            throw new ErrorException(FeeErrors.OutOfRange);
        }
    }

    private PaymentItem ItemOf(FeeQuoteLine line, int number, string unit)
    {
        var owed = beneficiaries.Value.OwedTo(unit, line.Kind);
        return new PaymentItem(number, line.Kind, line.NameVi, line.Amount, line.Assumed)
        {
            NameEn = line.NameEn,
            FullAmount = line.Full,
            Rule = line.Rule,
            ReductionRule = line.ReductionRule,
            ExplanationVi = line.ExplanationVi,
            ExplanationEn = line.ExplanationEn,
            Source = line.Source,
            OwedBin = owed?.Bin,
            OwedAccount = owed?.Account,
            OwedName = owed?.Name,
        };
    }

    private void Waive(PaymentPurpose purpose, FeeQuote quote, string moment, DateTimeOffset now)
    {
        var lines = quote.Lines.Where(l => l.Full > 0).Select(WaivedItem.Of).ToList();
        var full = lines.Sum(l => l.FullAmount);
        db.Add(new FeeWaiver { DossierId = purpose.DossierId, Moment = moment, UnitCode = purpose.UnitCode, FullAmount = full, Lines = lines, DecidedAt = now });
        db.Enqueue(new PaymentWaived(
            purpose.DossierId, purpose.DossierCode, purpose.OwnerId, moment, full,
            [.. lines.Select(l => new WaivedLine(l.Kind, l.NameVi, l.FullAmount, l.Rule, l.ExplanationVi, l.ExplanationEn))], now));
        instruments.Waived();
        WaivedFor(log, purpose.DossierId, moment, full);
    }

    [LoggerMessage(4100, LogLevel.Information, "Nothing is charged for dossier {DossierId} at {Moment}: {Amount} đồng are waived")]
    private static partial void WaivedFor(ILogger log, Guid dossierId, string moment, long amount);

    [LoggerMessage(4001, LogLevel.Information, "Payment {PaymentId} requested for dossier {DossierId}: {Amount} đồng")]
    private static partial void Requested(ILogger log, Guid paymentId, Guid dossierId, long amount);
}
