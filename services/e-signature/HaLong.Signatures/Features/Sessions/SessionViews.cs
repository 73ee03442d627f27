using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>A document of a session.</summary>
/// <param name="Id">The document.</param>
/// <param name="Number">From 1.</param>
/// <param name="Name">For people.</param>
/// <param name="MediaType">application/pdf.</param>
/// <param name="Size">Bytes as it stands.</param>
/// <param name="Sha256">Of the file as it stands.</param>
/// <param name="Signatures">Made in this session.</param>
/// <param name="SignedByMe">Whether the caller's is among them.</param>
/// <param name="BusyUntil">While somebody's signature is being made; null otherwise.</param>
internal sealed record DocumentView(Guid Id, int Number, string Name, string MediaType, long Size, string Sha256, int Signatures, bool SignedByMe,
    DateTimeOffset? BusyUntil);

/// <summary>Who keeps the session waiting, why (signature, turn, answer), and until when at the latest.</summary>
internal sealed record WaitView(string Owner, string Reason, DateTimeOffset LatestAt);

/// <summary>A signer.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="Turn">The same number in parallel, ascending in turn.</param>
/// <param name="Role">As what.</param>
/// <param name="State">waiting, viewing, signing, signed, refused or failed.</param>
/// <param name="Reason">Of a refusal.</param>
/// <param name="Code">Why the last order brought no signature.</param>
/// <param name="ChangedAt">Since when.</param>
/// <param name="Wait">What is waited for; null when nothing is.</param>
internal sealed record SignerView(Guid AccountId, int Turn, string Role, SignerState State, string? Reason, string? Code, DateTimeOffset ChangedAt,
    WaitView? Wait);

/// <summary>What a signer agrees to.</summary>
internal sealed record ConsentView(string Version, string Vi, string En);

/// <summary>A session as its parties see it.</summary>
/// <param name="Id">The session.</param>
/// <param name="Purpose">Why it is signed.</param>
/// <param name="Subject">What it belongs to.</param>
/// <param name="State">open, completed, refused, expired or cancelled.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Deadline">By when.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="MyTurn">Whether the caller can sign now.</param>
/// <param name="Documents">In their order.</param>
/// <param name="Signers">In their order.</param>
/// <param name="Consent">To be agreed to when signing is begun.</param>
internal sealed record SessionView(Guid Id, string Purpose, string Subject, SessionState State, DateTimeOffset CreatedAt, DateTimeOffset Deadline,
    DateTimeOffset? ClosedAt, bool MyTurn, IReadOnlyList<DocumentView> Documents, IReadOnlyList<SignerView> Signers, ConsentView Consent)
{
    public static SessionView Of(SigningSession s, Guid account)
    {
        var me = s.SignerOf(account);
        return new SessionView(s.Id, s.Purpose, s.Subject, s.State, s.CreatedAt, s.Deadline, s.ClosedAt,
            me is not null && s.State == SessionState.Open && me.State != SignerState.Signed && s.IsTurnOf(me),
            [.. s.Documents.OrderBy(d => d.Number).Select(d => new DocumentView(d.Id, d.Number, d.Name, d.MediaType, d.Size, d.Sha256,
                d.Parts - 1, me is not null && s.HasSigned(me, d), d.HeldUntil))],
            [.. s.Signers.OrderBy(x => x.Turn).ThenBy(x => x.Id).Select(x => Signer(s, x))],
            new ConsentView(ConsentText.Version, ConsentText.Vi, ConsentText.En));
    }

    private static SignerView Signer(SigningSession s, SessionSigner x) => new(x.AccountId, x.Turn, x.Role, x.State, Given(x.Reason), Given(x.Code),
        x.ChangedAt,
        SessionWait.Of(s, x) is { } wait ? new WaitView(wait.Owner, wait.Reason, wait.LatestAt) : null);

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
