namespace HaLong.Identity.PersonalData;

/// <summary>An image of one side of an identity card: sensitive data (law 91/2025), sealed like the personal number.</summary>
internal sealed class IdentityDocument
{
    public const string Front = "front";
    public const string Back = "back";

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Side { get; init; }

    public required string MediaType { get; init; }

    public required long Size { get; init; }

    public required byte[] Sealed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static bool IsSide(string side) => side is Front or Back;
}
