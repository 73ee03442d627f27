using System.Collections.Frozen;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.AccessLog;

/// <summary>The words of the access log for people; a word that is not known here is shown as it is.</summary>
internal static class AccessWords
{
    public const string PersonalNumber = "personal-number";
    public const string IdentityDocument = "identity-document";
    public const string AccessLog = "access-log";
    public const string DataRequest = "data-request";
    public const string AccountSearch = "account-search";
    public const string DossierSearch = "dossier-search";
    public const string Verification = "verification";
    public const string OrganisationClaim = "organisation-claim";
    public const string CounterVerification = "counter-verification";
    public const string OrganisationVerification = "organisation-verification";

    private static readonly FrozenDictionary<string, (string Vi, string En)> Words = new Dictionary<string, (string, string)>
    {
        ["dossier"] = ("Hồ sơ", "Dossier"),
        ["dossier-list"] = ("Danh sách hồ sơ", "List of dossiers"),
        [DossierSearch] = ("Tìm hồ sơ", "Search for dossiers"),
        ["timeline"] = ("Diễn biến hồ sơ", "Steps of a dossier"),
        ["deadline"] = ("Thời hạn giải quyết hồ sơ", "Deadline of a dossier"),
        ["receipt"] = ("Giấy tiếp nhận", "Receipt"),
        ["document"] = ("Tài liệu trong hồ sơ", "Document of a dossier"),
        ["document-list"] = ("Danh sách kết quả", "List of results"),
        ["form"] = ("Phiếu, giấy của hồ sơ", "A form of a dossier"),
        ["form-list"] = ("Danh sách phiếu, giấy của hồ sơ", "Forms of a dossier"),
        ["notes"] = ("Ghi chú của hồ sơ", "Notes of a dossier"),
        ["opinions"] = ("Ý kiến phối hợp về hồ sơ", "Opinions about a dossier"),
        ["payment"] = ("Khoản thanh toán", "Payment"),
        ["payment-code"] = ("Mã thanh toán", "Payment code"),
        ["payment-receipt"] = ("Biên lai thu phí, lệ phí", "Receipt of fees and charges"),
        [PersonalNumber] = ("Số định danh cá nhân đầy đủ", "Personal number in full"),
        [IdentityDocument] = ("Ảnh căn cước", "Image of the identity card"),
        [AccessLog] = ("Nhật ký truy cập", "Access log"),
        [DataRequest] = ("Yêu cầu về dữ liệu cá nhân", "Request about personal data"),
        [AccountSearch] = ("Kết quả tìm tài khoản, đã che", "Account found by search, masked"),
        [Verification] = ("Các lần xác minh tại quầy", "Verifications at the counter"),
        [OrganisationClaim] = ("Đăng ký tổ chức", "Registration of an organisation"),
        [OrganisationVerification] = ("Xác minh tổ chức và người đại diện", "Verification of an organisation and its representative"),
        ["dossier-processing"] = ("Giải quyết hồ sơ", "Handling of a dossier"),
        [CounterVerification] = ("Xác minh danh tính tại quầy", "Verification of identity at the counter"),
        ["complaint"] = ("Giải quyết khiếu nại", "Handling of a complaint"),
        ["inspection"] = ("Thanh tra, kiểm tra", "Inspection"),
        ["data-subject-request"] = ("Giải quyết yêu cầu của chủ thể dữ liệu", "Handling of a data subject's request"),
        ["assisted-session"] = ("Phiên có người hỗ trợ", "Assisted session"),
        ["delegation"] = ("Ủy quyền", "Delegation"),
    }.ToFrozenDictionary();

    public static string Name(string word) => Words.TryGetValue(word, out var name) ? Text.Bilingual(name.Vi, name.En) : word;
}
