using System.Collections.Frozen;

namespace HaLong.Notifications.Domain;

/// <summary>What a dossier waits for, in the reader's words; the codes are those of the dossier service.</summary>
internal static class WaitReasons
{
    // A reason that the dossier service has learnt since is still told, in general words.
    private static readonly (string Vi, string En) Unknown = ("chờ bước tiếp theo", "waits for the next step");

    private static readonly FrozenDictionary<string, (string Vi, string En)> Words = new Dictionary<string, (string, string)>
    {
        ["CHECK"] = ("chờ bộ phận một cửa kiểm tra", "waits for the check at reception"),
        ["SUPPLEMENT"] = ("chờ người nộp bổ sung", "waits to be completed by the applicant"),
        ["FORWARD"] = ("chờ chuyển đến nơi giải quyết", "waits to be forwarded"),
        ["SIGNATURE"] = ("kết quả chờ ký số", "the result waits for its signature"),
        ["APPROVER_SIGNATURE"] = ("chờ người phê duyệt ký số kết quả", "the result waits for the approver's signature"),
        ["SIGNATURE_MISSED"] = ("người phê duyệt chưa ký số kết quả; cần yêu cầu ký lại", "the approver did not sign the result; it is to be asked for again"),
        ["UNASSIGNED"] = ("chờ phân công cán bộ thụ lý", "waits for a case officer"),
        ["FEE_LAPSED"] = ("yêu cầu nộp lệ phí đã hết hạn", "the payment request lapsed"),
        ["FEES"] = ("chờ nộp phí, lệ phí", "waits for the fees"),
        ["APPRAISAL"] = ("chờ thẩm định và phê duyệt", "waits for appraisal and approval"),
        ["OPINION"] = ("chờ ý kiến cơ quan phối hợp", "waits for another agency's opinion"),
        ["DEMAND_LAPSED"] = ("yêu cầu nộp tiền đã hết hạn", "the demand lapsed"),
        ["DUTY"] = ("chờ thực hiện nghĩa vụ tài chính", "waits for a financial duty"),
        ["HAND_OVER"] = ("chờ trả kết quả", "the result waits to be handed over"),
        ["CORRECTION"] = ("kết quả đính chính chờ ký số", "the corrected result waits for its signature"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Words.Keys;

    /// <summary>The reason in the reader's language.</summary>
    public static string In(string reason, string language) => Words.GetValueOrDefault(reason, Unknown) is var (vi, en) && language == "en" ? en : vi;
}
