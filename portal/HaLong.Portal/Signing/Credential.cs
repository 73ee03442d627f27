using HaLong.Portal.Api;

namespace HaLong.Portal.Signing;

/// <summary>A person's certificate.</summary>
/// <param name="Kind">citizen or officer.</param>
/// <param name="Term">long (a year) or oneTime.</param>
/// <param name="State">requested, active, suspended, revoked, expired or superseded.</param>
/// <param name="IsApproved">Of an officer: by a second person.</param>
/// <param name="NotAfter">End of the certificate; of the request before there is one.</param>
/// <param name="MayRenew">From 30 days before the end.</param>
public sealed record Credential(
    Guid Id, string Kind, string Term, string State, string Name, string? UnitCode, string? Role, bool IsApproved, string? SerialNumber, DateTimeOffset CreatedAt,
    DateTimeOffset? IssuedAt, DateTimeOffset NotAfter, bool MayRenew, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether its owner chooses the PIN now, which makes the key.</summary>
    public bool WaitsForPin => State == "requested" && (Kind == "citizen" || IsApproved);
}

/// <param name="Move">requested, approved, issued, pinChanged …</param>
public sealed record CredentialChange(string Move, string Note, DateTimeOffset OccurredAt);

/// <summary>The visitor's certificates.</summary>
/// <param name="Roles">In which an official may ask for one; none for a citizen.</param>
public sealed record CredentialsModel(Answer<Listed<Credential>> Answer, IReadOnlyList<string> Roles, bool IsOfficial, Trouble? Trouble, string Once)
{
    /// <summary>Those for one time come and go unseen.</summary>
    public IReadOnlyList<Credential> Long => [.. Answer.Value?.Items.Where(c => c.Term == "long") ?? []];

    /// <summary>Officials may have one for each unit they come to work in; the API says what is too many.</summary>
    public bool MayAsk => Answer.IsSuccess && Long.All(c => c.State is not ("requested" or "active" or "suspended"));
}

/// <summary>A certificate with what was done to it.</summary>
public sealed record CredentialModel(Answer<Credential> Answer, IReadOnlyList<CredentialChange> Changes, Trouble? Trouble, string Once);
