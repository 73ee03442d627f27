namespace HaLong.Identity.OpenId.Clients;

/// <summary>A signed proof (private_key_jwt) that a client has used; each works once.</summary>
internal sealed class UsedAssertion
{
    public const int LongestId = 200;

    public required string ClientId { get; init; }

    /// <summary>Its claim jti.</summary>
    public required string TokenId { get; init; }

    /// <summary>Forgotten after that: nobody would accept it any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
