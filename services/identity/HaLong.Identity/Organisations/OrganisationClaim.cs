using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Organisations;

/// <summary>
/// Somebody says that he is the legal representative of an organisation. A claim opens nothing, for codes of enterprises are public; an
/// official who has seen the papers makes the organisation of it. Several people may claim one code: each sees his own claim and no other.
/// </summary>
internal sealed class OrganisationClaim
{
    private OrganisationClaim()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClaimantId { get; private set; }

    /// <summary>See <see cref="OrganisationCode.KeyOf"/>.</summary>
    public string CodeKey { get; private set; } = "";

    /// <summary>Null for a household business: its code is the owner's personal number, which is kept in one place only, sealed.</summary>
    public string? TaxCode { get; private set; }

    public string Name { get; private set; } = "";

    public string? ForeignName { get; private set; }

    public string? ShortName { get; private set; }

    public string Address { get; private set; } = "";

    public string? Email { get; private set; }

    /// <summary>E.164.</summary>
    public string? Phone { get; private set; }

    /// <summary>The unit where the claimant shows the papers; its officials, and no others, see the claim.</summary>
    public string UnitCode { get; private set; } = "";

    /// <summary>One of <see cref="ClaimState"/>.</summary>
    public string State { get; private set; } = ClaimState.Claimed;

    public DateTimeOffset FiledAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; private set; }

    /// <summary>The account that came of it.</summary>
    public Guid? OrganisationId { get; private set; }

    public uint Version { get; private set; }

    public static OrganisationClaim File(Guid id, Guid claimant, OrganisationDetails details, string unitCode, DateTimeOffset now) => new()
    {
        Id = id,
        ClaimantId = claimant,
        CodeKey = details.CodeKey,
        TaxCode = details.TaxCode,
        Name = details.Name,
        ForeignName = details.ForeignName,
        ShortName = details.ShortName,
        Address = details.Address,
        Email = details.Email,
        Phone = details.Phone,
        UnitCode = unitCode,
        FiledAt = now,
    };

    public Result Verify(Guid organisation, Guid by, DateTimeOffset now)
    {
        if (State != ClaimState.Claimed)
            return OrganisationErrors.ClaimDecided;
        (State, OrganisationId, DecidedBy, DecidedAt) = (ClaimState.Verified, organisation, by, now);
        return Result.Success;
    }

    public Result Refuse(string reason, Guid by, DateTimeOffset now)
    {
        if (State != ClaimState.Claimed)
            return OrganisationErrors.ClaimDecided;
        (State, Reason, DecidedBy, DecidedAt) = (ClaimState.Refused, reason, by, now);
        return Result.Success;
    }

    public Result Withdraw(DateTimeOffset now)
    {
        if (State != ClaimState.Claimed)
            return OrganisationErrors.ClaimDecided;
        (State, DecidedAt) = (ClaimState.Withdrawn, now);
        return Result.Success;
    }
}

/// <summary>States of a claim, as on the wire.</summary>
internal static class ClaimState
{
    public const string Claimed = "claimed";
    public const string Verified = "verified";
    public const string Refused = "refused";
    public const string Withdrawn = "withdrawn";

    public static readonly IReadOnlyList<string> All = [Claimed, Verified, Refused, Withdrawn];
}

/// <summary>What is said of an organisation.</summary>
/// <param name="CodeKey">See <see cref="OrganisationCode.KeyOf"/>.</param>
/// <param name="TaxCode">Null for a household business.</param>
/// <param name="Name">Vietnamese name.</param>
/// <param name="ForeignName">Name in a foreign language.</param>
/// <param name="ShortName">Short name.</param>
/// <param name="Address">Head office.</param>
/// <param name="Email">Contact point.</param>
/// <param name="Phone">Contact point, E.164.</param>
internal sealed record OrganisationDetails(
    string CodeKey, string? TaxCode, string Name, string? ForeignName, string? ShortName, string Address, string? Email, string? Phone);
