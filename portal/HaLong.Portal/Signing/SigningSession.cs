using HaLong.Portal.Api;

namespace HaLong.Portal.Signing;

/// <summary>Documents that people sign by a deadline.</summary>
/// <param name="State">open, completed, refused, expired or cancelled.</param>
/// <param name="MyTurn">Whether the visitor can sign now.</param>
public sealed record SigningSession(
    Guid Id, string Purpose, string Subject, string State, DateTimeOffset CreatedAt, DateTimeOffset Deadline, DateTimeOffset? ClosedAt, bool MyTurn,
    IReadOnlyList<SigningDocument> Documents, IReadOnlyList<Signer> Signers, Consent Consent)
{
    public bool IsOpen => State == "open";

    public bool IsSignedByMe => Documents.Count > 0 && Documents.All(d => d.SignedByMe);
}

/// <param name="Signatures">Made in this session.</param>
public sealed record SigningDocument(Guid Id, int Number, string Name, long Size, int Signatures, bool SignedByMe);

/// <param name="State">waiting, viewing, signing, signed, refused or failed.</param>
/// <param name="Reason">Of a refusal.</param>
public sealed record Signer(int Turn, string Role, string State, string? Reason);

/// <summary>What a signer agrees to.</summary>
public sealed record Consent(string Version, string Vi, string En);

/// <summary>A signature on its way.</summary>
/// <param name="State">prepared, begun, answered, done, declined, expired or failed.</param>
/// <param name="Needs">What to give here: pin, oneTimeCode; nothing when the provider asks the person itself.</param>
/// <param name="CodeSentTo">Where a code went, masked.</param>
/// <param name="Code">Why there is no signature.</param>
public sealed record SigningOrder(string State, IReadOnlyList<string> Needs, string? CodeSentTo, DateTimeOffset Until, string? Code)
{
    public bool Wants(string what) => Needs.Contains(what);
}

/// <summary>A session with how far the visitor's signature is.</summary>
/// <param name="Session">As it stands.</param>
/// <param name="Order">The signature on its way; null when none is.</param>
/// <param name="Credentials">With which the visitor can sign.</param>
/// <param name="MayOnce">Whether a certificate for this one time is offered.</param>
/// <param name="Trouble">What could not be done.</param>
/// <param name="Once">Key of the form.</param>
/// <param name="To">Where to go on afterwards.</param>
public sealed record SigningModel(
    Answer<SigningSession> Session, SigningOrder? Order, IReadOnlyList<Credential> Credentials, bool MayOnce, Trouble? Trouble, string Once, string? To)
{
    /// <summary>The address of a step of this session, which keeps where to go on.</summary>
    public string Step(string step) => $"/signing/{Session.Value!.Id}{step}{(To is null ? "" : "?to=" + Uri.EscapeDataString(To))}";
}

/// <summary>A page of the visitor's sessions.</summary>
public sealed record MySigningModel(Answer<Listed<SigningSession>> Answer, bool OnlyOpen);
