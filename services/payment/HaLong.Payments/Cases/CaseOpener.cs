using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Cases;

/// <summary>Opens the case of a notice that paid nothing, in the transaction that says so.</summary>
internal sealed class CaseOpener(PaymentDbContext db, IOptions<PaymentOptions> options)
{
    private const int Candidates = 200;

    public async Task<MoneyCase> OpenAsync(BankNotice notice, MismatchReason reason, PaymentRequest? payment, DateTimeOffset now, CancellationToken ct)
    {
        var guess = payment is null ? await GuessAsync(notice, ct) : null;
        var opened = MoneyCase.Open(notice, reason, payment, guess, now, options.Value.CasePatience);
        db.Add(opened);
        db.Enqueue(new MoneyCaseOpened(
            opened.Id, payment?.Id, payment?.DossierId, payment?.DossierCode, payment?.OwnerId, Words.Of(opened.Kind), opened.Amount, opened.DueAt, now));
        return opened;
    }

    /// <summary>A request for the same amount on the same account whose reference the text nearly names.</summary>
    private async Task<ReferenceGuess?> GuessAsync(BankNotice notice, CancellationToken ct)
    {
        var fronts = ReferenceGuess.PiecesOf(notice.Remittance).Select(p => p[..4]).Distinct().ToList();
        if (fronts.Count == 0)
            return null;
        // By the front of the reference, which has an index; the amount is not asked for, since that may be wrong as well.
        var found = await db.Payments.AsNoTracking()
            .Where(p => fronts.Contains(p.Reference.Substring(0, 4)) && p.Beneficiary.Account == notice.Account)
            .OrderByDescending(p => p.Id).Take(Candidates).Select(p => new { p.Id, p.Reference }).ToListAsync(ct);
        return ReferenceGuess.Best(notice.Remittance, found.Select(p => (p.Id, p.Reference)));
    }
}
