using HaLong.Identity.Consents;

namespace HaLong.Identity.Assisted;

/// <summary>Writes consents to being assisted into the ledger, where the citizen finds all his consents.</summary>
internal sealed class ConsentRecord(ConsentLedger ledger)
{
    /// <param name="session">Active by now.</param>
    /// <param name="evidence">Id of the one-time code, or hash of the signed paper.</param>
    /// <param name="ct">Stops the work.</param>
    public Task GivenAsync(AssistedSession session, string evidence, CancellationToken ct) =>
        RecordAsync(session, true, new ConsentProof("assisted", session.Id, session.HelperId, evidence), ct);

    /// <summary>The citizen ends it himself.</summary>
    public Task WithdrawnAsync(AssistedSession session, Guid citizen, CancellationToken ct) =>
        RecordAsync(session, false, new ConsentProof("online", session.Id, citizen), ct);

    private async Task RecordAsync(AssistedSession session, bool granted, ConsentProof proof, CancellationToken ct)
    {
        // The session rests on its own proof; a city that has no text in force for the ledger still has the session's record.
        if (session.CitizenId is { } citizen && await ledger.TextInForceAsync(ConsentPurposes.AssistedSession, ct) is { } text)
            await ledger.RecordAsync(citizen, ConsentPurposes.AssistedSession, text.Version, granted, proof, ct);
    }
}
