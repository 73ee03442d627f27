namespace HaLong.Identity.Profile.Contacts;

/// <summary>A telephone number or mailbox that waits for the code sent to it. Sealed: it may turn out to be a stranger's.</summary>
internal sealed class ContactChange
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>One of <see cref="ContactKinds"/>.</summary>
    public required string Kind { get; init; }

    public required byte[] SealedTarget { get; init; }

    public required Guid ChallengeId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Kinds of contact points; an account has at most one of each.</summary>
internal static class ContactKinds
{
    public const string Phone = "phone";
    public const string Email = "email";

    public static readonly IReadOnlyList<string> All = [Phone, Email];
}
