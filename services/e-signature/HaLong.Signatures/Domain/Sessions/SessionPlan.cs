using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain.Sessions;

/// <summary>A document of a session that is to be made.</summary>
internal sealed record PlannedDocument(string Name, ReadOnlyMemory<byte> Content, string Sha256)
{
    public const string Pdf = "application/pdf";
}

/// <summary>A signer of a session that is to be made.</summary>
internal sealed record PlannedSigner(Guid AccountId, int Turn, string Role, VisiblePlace? Place = null);

/// <summary>What a session is to be.</summary>
/// <param name="Id">Chosen by whoever makes it: the key under which it is made once.</param>
/// <param name="Purpose">Why it is signed, in words; stands beside each signature.</param>
/// <param name="Subject">What it belongs to, for example a dossier; empty without.</param>
/// <param name="CreatedBy">Account or client.</param>
/// <param name="CreatorAccount">The account, when a person makes it.</param>
/// <param name="UnitCode">Unit on whose behalf; null without.</param>
/// <param name="Deadline">By when everybody has to have signed.</param>
/// <param name="Documents">1 to 20.</param>
/// <param name="Signers">1 to 20.</param>
internal sealed record SessionPlan(Guid Id, string Purpose, string Subject, string CreatedBy, Guid? CreatorAccount, string? UnitCode,
    DateTimeOffset Deadline, IReadOnlyList<PlannedDocument> Documents, IReadOnlyList<PlannedSigner> Signers)
{
    public const int MaxDocuments = 20;
    public const int MaxSigners = 20;
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <returns>SIG-0301 with what is wrong; null when nothing is.</returns>
    public Error? WhyNot(DateTimeOffset now)
    {
        var error = SessionErrors.InvalidSession;
        if (Id == Guid.Empty)
            error = error.WithField("sessionId", "Phải là một UUID.", "Must be a UUID.");
        if (string.IsNullOrWhiteSpace(Purpose) || Purpose.Length > 200 || HasNul(Purpose))
            error = error.WithField("purpose", "Có từ 1 đến 200 ký tự.", "Has 1 to 200 characters.");
        if (Subject.Length > 100 || HasNul(Subject))
            error = error.WithField("subject", "Tối đa 100 ký tự.", "At most 100 characters.");
        if (UnitCode is { Length: 0 or > 20 } || HasNul(UnitCode))
            error = error.WithField("unitCode", "Mã đơn vị không hợp lệ.", "Not a unit code.");
        if (Deadline < now + Shortest || Deadline > now + Longest)
            error = error.WithField("deadline", "Từ 1 phút đến 30 ngày kể từ bây giờ.", "From 1 minute to 30 days from now.");
        if (Documents.Count is 0 or > MaxDocuments)
            error = error.WithField("documents", "Từ 1 đến 20 tài liệu.", "1 to 20 documents.");
        if (Documents.Any(d => string.IsNullOrWhiteSpace(d.Name) || d.Name.Length > 200 || HasNul(d.Name)))
            error = error.WithField("documents.name", "Có từ 1 đến 200 ký tự.", "Has 1 to 200 characters.");
        return WithSigners(error) is { FieldMessages.Count: > 0 } found ? found : null;
    }

    /// <summary>U+0000 is no character of a text: no column and no event takes it.</summary>
    public static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private Error WithSigners(Error error)
    {
        if (Signers.Count is 0 or > MaxSigners)
            error = error.WithField("signers", "Từ 1 đến 20 người ký.", "1 to 20 signers.");
        if (Signers.Any(s => s.AccountId == Guid.Empty) || Signers.DistinctBy(s => s.AccountId).Count() != Signers.Count)
            error = error.WithField("signers.accountId", "Mỗi người ký là một tài khoản khác nhau.", "Each signer is an account of its own.");
        if (Signers.Any(s => s.Turn is < 1 or > 100))
            error = error.WithField("signers.turn", "Từ 1 đến 100.", "From 1 to 100.");
        if (Signers.Any(s => s.Role.Length > 100 || HasNul(s.Role)))
            error = error.WithField("signers.role", "Tối đa 100 ký tự.", "At most 100 characters.");
        if (Signers.Any(s => s.Place is { } place && !place.IsSound(Documents.Count)))
            error = error.WithField("signers.place", "Vị trí không hợp lệ.", "Not a place.");
        return error;
    }
}
