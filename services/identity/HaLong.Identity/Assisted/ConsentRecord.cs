using HaLong.Identity.Consents;

namespace HaLong.Identity.Assisted;

/// <summary>Writes consents to being assisted into the ledger, where the citizen finds all his consents.</summary>
internal sealed class ConsentRecord(ConsentLedger ledger)
{
    /// <param name="session">Active by now.</param>
    /// <param name="opened">True when an account was opened with it: its terms were agreed to as well.</param>
    /// <param name="evidence">Id of the one-time code, or hash of the signed paper.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task GivenAsync(AssistedSession session, bool opened, string evidence, CancellationToken ct)
    {
        var proof = new ConsentProof("assisted", session.Id, session.HelperId, evidence);
        await RecordAsync(session, ConsentPurposes.AssistedSession, true, proof, ct);
        if (opened)
            await RecordAsync(session, ConsentPurposes.Account, true, proof, ct);
    }

    /// <summary>The citizen ends it himself.</summary>
    public Task WithdrawnAsync(AssistedSession session, Guid citizen, CancellationToken ct) =>
        RecordAsync(session, ConsentPurposes.AssistedSession, false, new ConsentProof("online", session.Id, citizen), ct);

    private async Task RecordAsync(AssistedSession session, string purpose, bool granted, ConsentProof proof, CancellationToken ct)
    {
        // The session rests on its own proof; a city that has no text in force for the ledger still has the session's record.
        if (session.CitizenId is { } citizen && await ledger.TextInForceAsync(purpose, ct) is { } text)
            await ledger.RecordAsync(citizen, purpose, text.Version, granted, proof, ct);
    }
}
