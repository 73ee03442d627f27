using Microsoft.AspNetCore.Identity;

namespace HaLong.Identity.Factors;

/// <summary>A WebAuthn credential of an account. What the device says about its maker is not kept: nobody here needs it.</summary>
internal sealed class Passkey
{
    public const int LongestName = 60;

    /// <summary>More than anybody has devices; keeps one account from filling the table.</summary>
    public const int Most = 20;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required byte[] CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Grows with every use, where the device counts at all; a copy of the device would fall behind.</summary>
    public long SignCount { get; set; }

    public required string[] Transports { get; init; }

    public required bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; set; }

    public UserPasskeyInfo ToInfo() => new(
        CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, isUserVerified: true, IsBackupEligible, IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = Name,
    };
}

/// <summary>A challenge that was answered rightly and must never be answered again.</summary>
internal sealed class SpentChallenge
{
    public required byte[] Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
