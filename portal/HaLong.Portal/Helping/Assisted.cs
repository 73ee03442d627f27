using HaLong.Portal.Api;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Helping;

/// <summary>An assisted session as the API shows it.</summary>
/// <param name="Reference">Short, as it stands in the citizen's SMS.</param>
/// <param name="State">awaitingConsent, awaitingWitness, active, ended, revoked or expired.</param>
/// <param name="Deeds">What was done, counted.</param>
public sealed record Assisted(
    Guid Id, string Reference, string State, string? HelperName, string HelperUnit, string CitizenName, string Purpose, AssistedPlace Place, IReadOnlyList<string> Acts,
    Guid? DossierId, string? Consent, IReadOnlyDictionary<string, int> Deeds, DateTimeOffset OpenedAt, DateTimeOffset? ConsentedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt)
{
    public bool IsActive => State == "active";

    /// <summary>Whether it is not over yet.</summary>
    public bool IsOpen => State is "awaitingConsent" or "awaitingWitness" or "active";

    public string StateName => State switch
    {
        "awaitingConsent" => Text.Bilingual("Chờ đồng ý", "Awaits consent"),
        "awaitingWitness" => Text.Bilingual("Chờ người làm chứng", "Awaits a witness"),
        "active" => Text.Bilingual("Đang hỗ trợ", "Active"),
        "ended" => Text.Bilingual("Đã kết thúc", "Ended"),
        "revoked" => Text.Bilingual("Công dân đã rút đồng ý", "Revoked by the citizen"),
        _ => Text.Bilingual("Đã hết giờ", "Time is over"),
    };

    public string Colour => State switch { "active" => "good", "awaitingConsent" or "awaitingWitness" => "warning", "revoked" => "danger", _ => "neutral" };
}

/// <param name="Kind">office or home.</param>
/// <param name="Text">Name of the office; null at home.</param>
public sealed record AssistedPlace(string Kind, string? Text, string Unit)
{
    public override string ToString() => Kind == "home" ? ServiceDefaults.Text.Bilingual("Tại nhà", "At home") : Text ?? ServiceDefaults.Text.Bilingual("Tại điểm hỗ trợ", "At the office");
}

/// <summary>What a helper may do beside a citizen.</summary>
internal static class HelpActs
{
    public const string AccountOpen = "account.open";

    /// <summary>Signing is not among them, and never will be.</summary>
    public static readonly IReadOnlyList<string> Usual = ["dossier.read", "dossier.fill", "dossier.scan", "dossier.submit", "payment.pay"];

    public static string Name(string act) => act switch
    {
        AccountOpen => Text.Bilingual("Mở tài khoản cho công dân", "Open an account for the citizen"),
        "dossier.read" => Text.Bilingual("Xem hồ sơ", "Read the dossier"),
        "dossier.fill" => Text.Bilingual("Điền biểu mẫu", "Fill in the form"),
        "dossier.scan" => Text.Bilingual("Chụp, quét giấy tờ", "Scan papers"),
        "dossier.submit" => Text.Bilingual("Nộp hồ sơ", "File the dossier"),
        "payment.pay" => Text.Bilingual("Nộp phí, lệ phí", "Pay fees"),
        _ => act,
    };
}

/// <summary>A line of the helper's figures.</summary>
public sealed record HelpFigure(string Key, string? Name, int Sessions, int Consented, int Revoked, int Deeds);

public sealed record HelpFigures(DateOnly From, DateOnly To, IReadOnlyList<HelpFigure> Items);

/// <summary>The helper's own page.</summary>
public sealed record HelpingModel(Answer<Listed<Assisted>> Sessions, Answer<HelpFigures> Places, Answer<HelpFigures> Kinds, DateOnly Today, bool IsFirst);

/// <summary>A citizen to be helped, as it was typed; nothing of it stands in an address.</summary>
/// <param name="Once">Sent twice, the form asks once.</param>
public sealed record BeginModel(
    string? Number, string? Name, string? Phone, string? Purpose, string? PlaceKind, string? PlaceText, IReadOnlyList<string> Acts, string Once, Trouble? Trouble);

/// <summary>One session with what could not be done.</summary>
/// <param name="IsMine">Whether the visitor works in it at the moment.</param>
public sealed record SessionModel(Assisted Session, string? Version, Trouble? Trouble, string Once, string WitnessLink, bool IsMine);

/// <summary>What the second helper is asked.</summary>
public sealed record WitnessModel(Guid Id, string Once, Trouble? Trouble, bool IsDone);

/// <summary>What the citizen takes home.</summary>
public sealed record HelpReceipt(
    Guid Id, string? Code, string StatusName, string ProcedureName, string UnitName, DateTimeOffset? SubmittedAt, DateTimeOffset? DueAt, long FeeTotal);

/// <summary>A receipt with who helped.</summary>
public sealed record HelpReceiptModel(HelpReceipt Dossier, string Helper, string? Citizen);
