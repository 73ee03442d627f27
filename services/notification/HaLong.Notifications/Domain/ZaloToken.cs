namespace HaLong.Notifications.Domain;

/// <summary>The tokens of the city's Zalo app. A refresh token is good once: the newest is the only one, and it is here.</summary>
internal sealed class ZaloToken
{
    public required string AppId { get; init; }

    /// <summary>Sealed under Zalo:KeyPassword.</summary>
    public byte[] AccessToken { get; private set; } = [];

    /// <summary>Sealed under Zalo:KeyPassword.</summary>
    public byte[] RefreshToken { get; private set; } = [];

    public DateTimeOffset IssuedAt { get; private set; }

    /// <summary>End of the access token.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>End of the refresh token: after it a person has to grant the app access again.</summary>
    public DateTimeOffset RefreshExpiresAt { get; private set; }

    public void Replace(byte[] accessToken, byte[] refreshToken, DateTimeOffset issuedAt, DateTimeOffset expiresAt, DateTimeOffset refreshExpiresAt) =>
        (AccessToken, RefreshToken, IssuedAt, ExpiresAt, RefreshExpiresAt) = (accessToken, refreshToken, issuedAt, expiresAt, refreshExpiresAt);
}
