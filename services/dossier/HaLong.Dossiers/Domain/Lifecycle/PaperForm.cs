namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>
/// The forms of the one-stop mechanism by stable names. Their numbers changed: in Circular 01/2018 number 05 is the control slip, in Circular
/// 03/2025 the notice of stopping.
/// </summary>
internal static class PaperForm
{
    /// <summary>Giấy tiếp nhận hồ sơ và hẹn trả kết quả.</summary>
    public const string Receipt = "RECEIPT";

    /// <summary>Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.</summary>
    public const string Supplement = "SUPPLEMENT";

    /// <summary>Phiếu từ chối tiếp nhận, giải quyết hồ sơ.</summary>
    public const string Refusal = "REFUSAL";

    /// <summary>Phiếu xin lỗi và hẹn lại ngày trả kết quả.</summary>
    public const string Apology = "APOLOGY";

    /// <summary>Thông báo dừng giải quyết hồ sơ; without a number in the circular of 2018.</summary>
    public const string Stop = "STOP";

    /// <summary>Phiếu kiểm soát quá trình giải quyết hồ sơ.</summary>
    public const string Control = "CONTROL";

    /// <summary>Sổ theo dõi hồ sơ.</summary>
    public const string Register = "REGISTER";

    public static readonly IReadOnlyList<string> All = [Receipt, Supplement, Refusal, Apology, Stop, Control, Register];

    /// <summary>The number of a form under a regime; null where it has none.</summary>
    public static string? Number(string form, string regime) => (form, regime) switch
    {
        (Receipt, _) => "01",
        (Supplement, _) => "02",
        (Refusal, _) => "03",
        (Apology, _) => "04",
        (Stop, Regime.Oss2025) => "05",
        (Control, Regime.Oss2018) => "05",
        (Control, Regime.Oss2025) => "06",
        (Register, Regime.Oss2018) => "06",
        (Register, Regime.Oss2025) => "07",
        _ => null,
    };
}
