using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Work;

/// <summary>The forms of the one-stop shop by name, with their number under the regime.</summary>
internal static class FormNames
{
    public static string Of(IssuedForm form) => (form.Number is null ? "" : Bilingual($"Mẫu {form.Number}: ", $"Form {form.Number}: ")) + form.Kind switch
    {
        "RECEIPT" => Bilingual("Giấy tiếp nhận và hẹn trả kết quả", "Receipt and appointment"),
        "SUPPLEMENT" => Bilingual("Phiếu yêu cầu bổ sung", "Request for completion"),
        "REFUSAL" => Bilingual("Phiếu từ chối", "Refusal"),
        "APOLOGY" => Bilingual("Phiếu xin lỗi và hẹn lại", "Apology and new appointment"),
        "STOP" => Bilingual("Thông báo dừng giải quyết", "Notice that handling stops"),
        "CONTROL" => Bilingual("Phiếu kiểm soát quá trình giải quyết", "Control slip"),
        _ => form.Kind,
    };

    /// <summary>What a move writes; null for moves that write nothing to hand out.</summary>
    public static string? KindOf(string? move) => move switch
    {
        "accept" => "RECEIPT",
        "supplement" => "SUPPLEMENT",
        "reject" or "refuse" => "REFUSAL",
        "extend" => "APOLOGY",
        "stop" => "STOP",
        _ => null,
    };
}
