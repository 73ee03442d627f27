namespace HaLong.Identity.Counter;

/// <summary>One verification of a person at the counter: which paper, by whom, what was corrected. Never deleted; it may be undone.</summary>
internal sealed class AccountVerification
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>One of <see cref="DocumentKinds"/>.</summary>
    public required string DocumentKind { get; init; }

    public required string UnitCode { get; init; }

    public required Guid VerifiedBy { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    public string? Note { get; init; }

    /// <summary>True when what opened the account before was withdrawn, because its telephone was not that of the person.</summary>
    public bool TakenOver { get; init; }

    /// <summary>Name and birth date before and after (<see cref="Correction"/>), sealed; null when the account said what the document says.</summary>
    public byte[]? SealedCorrection { get; set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public Guid? UndoneBy { get; private set; }

    public string? UndoReason { get; private set; }

    public uint Version { get; private set; }

    public void Undo(Guid by, string reason, DateTimeOffset now) => (UndoneBy, UndoReason, UndoneAt) = (by, reason, now);
}

/// <summary>What the document made of the account.</summary>
/// <param name="NameBefore">Name as the person had typed it.</param>
/// <param name="NameAfter">Name on the document.</param>
/// <param name="BirthDateBefore">Birth date as typed.</param>
/// <param name="BirthDateAfter">Birth date on the document.</param>
internal sealed record Correction(string NameBefore, string NameAfter, DateOnly? BirthDateBefore, DateOnly? BirthDateAfter);

/// <summary>Papers that say who somebody is (Law on Identification 26/2023/QH15); each carries the personal number.</summary>
internal static class DocumentKinds
{
    /// <summary>Thẻ căn cước, thẻ căn cước công dân.</summary>
    public const string IdentityCard = "identityCard";

    /// <summary>Giấy chứng nhận căn cước.</summary>
    public const string IdentityCertificate = "identityCertificate";

    /// <summary>Hộ chiếu.</summary>
    public const string Passport = "passport";

    public static readonly IReadOnlyList<string> All = [IdentityCard, IdentityCertificate, Passport];
}
