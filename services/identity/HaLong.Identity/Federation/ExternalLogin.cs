namespace HaLong.Identity.Federation;

/// <summary>An account of another identity provider that opens an account here: known by who issued it and its subject there, by nothing else.</summary>
internal sealed class ExternalLogin
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The provider's issuer address.</summary>
    public required string Issuer { get; init; }

    /// <summary>The provider's name for the person.</summary>
    public required string Subject { get; init; }

    /// <summary>Name of the provider in the configuration.</summary>
    public required string Provider { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>How surely the provider knew the person at the last sign-in: 1 or 2.</summary>
    public int Assurance { get; set; }
}
