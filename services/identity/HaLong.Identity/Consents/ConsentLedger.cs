using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Consents;

/// <summary>Where a person stands with a purpose.</summary>
/// <param name="Text">The text in force.</param>
/// <param name="Last">The newest line of the ledger; null when there is none.</param>
internal sealed record ConsentStanding(ConsentText Text, Consent? Last)
{
    /// <summary>given, outdated (given for an older text), withdrawn, none; or notNeeded where the law is the ground.</summary>
    public string State => Text.LegalBasis != LegalBases.Consent ? "notNeeded" : Last switch
    {
        null => "none",
        { Granted: false } => "withdrawn",
        { TextVersion: var version } when version < Text.Version => "outdated",
        _ => "given",
    };
}

/// <summary>Who agreed to what, when and how. Adds lines; the caller saves them together with what they are for.</summary>
internal sealed class ConsentLedger(IdentityDbContext db, TimeProvider time)
{
    /// <summary>
    /// Adds that the person gave or withdrew a consent, with its event. Does not save. Refuses an unknown purpose, a text that is not the one in
    /// force, and the withdrawal of what does not rest on consent.
    /// </summary>
    /// <param name="accountId">Whose consent.</param>
    /// <param name="purpose">One of <see cref="ConsentPurposes"/>.</param>
    /// <param name="textVersion">The version of the text that was shown.</param>
    /// <param name="granted">True only when the person said so explicitly; silence and boxes ticked beforehand are no consent.</param>
    /// <param name="proof">How it came about.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<Result<Consent>> RecordAsync(
        Guid accountId, string purpose, int textVersion, bool granted, ConsentProof proof, CancellationToken ct)
    {
        if (await TextInForceAsync(purpose, ct) is not { } text)
            return IdentityErrors.UnknownPurpose;
        if (granted && text.Version != textVersion)
            return IdentityErrors.TextNotInForce.Format(text.Version);
        if (!granted && text.LegalBasis != LegalBases.Consent)
            return IdentityErrors.NotByConsent.Format(text.Source);

        var now = time.GetUtcNow();
        var line = new Consent
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Purpose = purpose,
            TextVersion = text.Version,
            TextSha256 = text.Sha256,
            Granted = granted,
            At = now,
            Channel = proof.Channel,
            SessionId = proof.SessionId,
            ActorId = proof.ActorId,
            Evidence = proof.Evidence,
        };
        db.Consents.Add(line);
        if (granted)
            db.Enqueue(new ConsentGiven(accountId, purpose, text.Version, now));
        else
            db.Enqueue(new ConsentWithdrawn(accountId, purpose, now));
        return line;
    }

    /// <summary>The text of a purpose that is in force today.</summary>
    public Task<ConsentText?> TextInForceAsync(string purpose, CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        return db.ConsentTexts.AsNoTracking().Where(t => t.Purpose == purpose && t.ValidFrom <= today).OrderByDescending(t => t.Version).FirstOrDefaultAsync(ct);
    }

    /// <summary>The texts in force today, by purpose.</summary>
    public async Task<List<ConsentText>> TextsInForceAsync(CancellationToken ct)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        var texts = await db.ConsentTexts.AsNoTracking().Where(t => t.ValidFrom <= today).ToListAsync(ct);
        return [.. texts.GroupBy(t => t.Purpose).Select(g => g.MaxBy(t => t.Version)!).OrderBy(t => t.Purpose, StringComparer.Ordinal)]; // No group is empty.
    }

    /// <summary>Where a person stands with every purpose.</summary>
    public async Task<List<ConsentStanding>> StandingsAsync(Guid accountId, CancellationToken ct)
    {
        var lines = await db.Consents.AsNoTracking().Where(c => c.AccountId == accountId).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);
        var last = lines.GroupBy(c => c.Purpose).ToDictionary(g => g.Key, g => g.Last());
        return (await TextsInForceAsync(ct)).ConvertAll(t => new ConsentStanding(t, last.GetValueOrDefault(t.Purpose)));
    }

    /// <summary>True when the person has agreed to the text in force, or the law makes consent unnecessary.</summary>
    public async Task<bool> AllowsAsync(Guid accountId, string purpose, CancellationToken ct) =>
        (await StandingsAsync(accountId, ct)).Any(s => s.Text.Purpose == purpose && s.State is ("given" or "notNeeded"));
}
