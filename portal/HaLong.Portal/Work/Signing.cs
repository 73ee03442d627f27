using HaLong.Portal.Api;

namespace HaLong.Portal.Work;

/// <summary>Something that the official is asked to sign.</summary>
/// <param name="Subject">The dossier it belongs to, or words.</param>
public sealed record SigningSession(
    Guid Id, string Purpose, string Subject, string State, DateTimeOffset Deadline, bool MyTurn, IReadOnlyList<SigningDocument> Documents, SigningConsent Consent);

public sealed record SigningDocument(Guid Id, string Name, string MediaType, long Size, bool SignedByMe);

/// <summary>What a signer agrees to.</summary>
public sealed record SigningConsent(string Version, string Vi, string En);

/// <summary>A credential of the official.</summary>
public sealed record Credential(Guid Id, string Term, string State, string Name, string? Role, DateTimeOffset NotAfter);

/// <summary>How a batch stands.</summary>
public sealed record SigningBatch(Guid Id, bool IsOver, int Signed, int Failed, int Skipped, int Waiting, IReadOnlyList<SigningOrder> Orders)
{
    /// <summary>What is to be given now: pin, oneTimeCode.</summary>
    public IReadOnlyList<string> Needs => [.. Orders.SelectMany(o => o.Needs ?? []).Distinct()];
}

public sealed record SigningOrder(string State, IReadOnlyList<string>? Needs, string? CodeSentTo, DateTimeOffset Until, string? Code, IReadOnlyList<SigningOutcome>? Documents);

/// <param name="State">prepared, answered, signed, failed or skipped.</param>
public sealed record SigningOutcome(Guid SessionId, Guid DocumentId, string State, string? Code);

/// <summary>What waits for the official's signature.</summary>
public sealed record SigningModel(Answer<Listed<SigningSession>> Page, string Once, Trouble? Trouble);

/// <summary>What was selected, shown before it is signed.</summary>
public sealed record LookModel(IReadOnlyList<SigningSession> Sessions, IReadOnlyList<Credential> Credentials, string Once, Trouble? Trouble);

public sealed record SigningBatchModel(Answer<SigningBatch> Answer, string Once, Trouble? Trouble);
