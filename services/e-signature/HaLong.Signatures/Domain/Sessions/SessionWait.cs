namespace HaLong.Signatures.Domain.Sessions;

/// <summary>Who keeps a session waiting, why, and until when at the latest.</summary>
/// <param name="Owner">Account of the signer, or the provider of signatures.</param>
/// <param name="Reason">signature: he has to look and sign; turn: others sign before him; answer: the provider has to answer.</param>
/// <param name="LatestAt">When the wait ends, whatever happens.</param>
internal sealed record SessionWait(string Owner, string Reason, DateTimeOffset LatestAt)
{
    /// <summary>The wait of one signer; null when he keeps nobody waiting.</summary>
    public static SessionWait? Of(SigningSession session, SessionSigner signer)
    {
        if (session.State != SessionState.Open || signer.State == SignerState.Signed)
            return null;
        if (!session.IsTurnOf(signer))
        {
            // The first of those who are still to sign before him.
            var before = session.Signers.Where(s => s.State != SignerState.Signed).MinBy(s => (s.Turn, s.Id))!;
            return new SessionWait(before.AccountId.ToString(), "turn", session.Deadline);
        }

        var held = session.Documents.Where(d => d.HeldBy is not null && d.HeldBy == signer.OrderId).Max(d => d.HeldUntil);
        return signer.State == SignerState.Signing && held is { } until
            ? new SessionWait("provider", "answer", until < session.Deadline ? until : session.Deadline)
            : new SessionWait(signer.AccountId.ToString(), "signature", session.Deadline);
    }
}
