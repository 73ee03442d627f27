using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain.Sessions;

// Making signatures: one order at a time holds a file, so that no two are made over the same bytes.
internal sealed partial class SigningSession
{
    /// <summary>Why he cannot sign the document now; null when he can.</summary>
    /// <param name="signer">Who.</param>
    /// <param name="document">What.</param>
    /// <param name="shown">SHA-256 of what he was shown of it.</param>
    /// <param name="order">The order that would sign.</param>
    /// <param name="now">When.</param>
    public Error? WhyNotSign(SessionSigner signer, SessionDocument document, IReadOnlySet<string> shown, Guid order, DateTimeOffset now)
    {
        if (State != SessionState.Open || now >= Deadline)
            return SessionErrors.Closed;
        if (!IsTurnOf(signer))
            return SessionErrors.NotYourTurn;
        if (HasSigned(signer, document))
            return SessionErrors.AlreadySigned;
        // First whose turn with the file it is: what he would be shown meanwhile is not what he will sign.
        if (document.IsHeldAgainst(order, now) || signer is { State: SignerState.Signing, OrderId: { } other } && other != order)
            return SessionErrors.BeingSigned;
        // Who looked before his turn has not been shown what he is to sign: the others signed meanwhile.
        var hasLooked = SigningGraph.Next(signer.State, SignerMove.Begin) is not null || signer is { State: SignerState.Signing } && signer.OrderId == order;
        return hasLooked && shown.Contains(document.Sha256) ? null : SessionErrors.NotShown;
    }

    /// <summary>The documents are his until then. The caller has asked <see cref="WhyNotSign"/> for each.</summary>
    public void Begin(SessionSigner signer, IReadOnlyList<SessionDocument> documents, Guid order, DateTimeOffset until, string actor, DateTimeOffset now)
    {
        if (!signer.Move(SignerMove.Begin, now, order: order))
            throw new InvalidOperationException($"A signer who is {signer.State} does not begin.");
        foreach (var document in documents)
        {
            document.Hold(order, until);
            Write(CeremonyStep.Consented, actor, now, signer, document, document.Sha256, ConsentText.Version);
        }
    }

    /// <summary>A signature was made over <paramref name="parts"/> parts of the file: it becomes the next part, if it still fits.</summary>
    /// <returns>SIG-0304 when the session ended, SIG-0309 when somebody else's signature came between.</returns>
    public Result Embed(SessionSigner signer, SessionDocument document, Guid order, int parts, string sha256, long size, string level, DateTimeOffset now)
    {
        if (State != SessionState.Open)
            return SessionErrors.Closed;
        if (document.Parts != parts || document.HeldBy != order || signer.State != SignerState.Signing || signer.OrderId != order
            || HasSigned(signer, document))
            return SessionErrors.Superseded;
        document.Append(sha256, size);
        document.Release(order);
        Signatures.Add(new SessionSignature
        {
            SessionId = Id,
            DocumentId = document.Id,
            SignerId = signer.Id,
            OrderId = order,
            Part = document.Parts - 1,
            Sha256 = sha256,
            Level = level,
            SignedAt = now,
        });
        Write(CeremonyStep.Signed, signer.AccountId.ToString(), now, signer, document, sha256, level);
        return Result.Success;
    }

    /// <summary>
    /// Everything that the order brought him is in. He has signed all, or goes on with the rest, or may begin again; the last one completes
    /// the session, the last of a turn hands over to the next. Settling again changes nothing.
    /// </summary>
    /// <param name="signer">Who.</param>
    /// <param name="order">The order that is over.</param>
    /// <param name="code">Why something is missing; empty when nothing is.</param>
    /// <param name="now">When.</param>
    public void Settle(SessionSigner signer, Guid order, string code, DateTimeOffset now)
    {
        foreach (var document in Documents)
            document.Release(order);
        if (signer.State != SignerState.Signing || signer.OrderId != order)
            return;
        if (!Remaining(signer).Any())
        {
            signer.Move(SignerMove.Finish, now);
            Changes++;
            if (Signers.TrueForAll(s => s.State == SignerState.Signed))
            {
                Write(CeremonyStep.Completed, SigningEvent.System, now);
                Close(SessionMove.Complete, now);
            }
            else if (Signers.TrueForAll(s => s.Turn != signer.Turn || s.State == SignerState.Signed))
            {
                Ask(now);
            }
        }
        else if (code.Length == 0)
        {
            signer.Move(SignerMove.Continue, now);
            Changes++;
        }
        else
        {
            signer.Move(SignerMove.Fail, now, code: code);
            Write(CeremonyStep.Failed, SigningEvent.System, now, signer, detail: code);
        }
    }
}
