namespace HaLong.Identity.Keys;

/// <summary>A key of the token server as stored; the private part is sealed.</summary>
internal sealed class ServerKey
{
    public const string Signing = "sig";
    public const string Encryption = "enc";

    public required string Id { get; init; }

    public required string Use { get; init; }

    public required byte[] Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it may be the one that signs; published from the start.</summary>
    public required DateTimeOffset ActivatesAt { get; init; }

    /// <summary>When the last token signed with it is gone; unpublished after that.</summary>
    public DateTimeOffset? RetiresAt { get; set; }
}
