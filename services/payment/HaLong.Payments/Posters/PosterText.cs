namespace HaLong.Payments.Posters;

/// <summary>What stands on a poster (bảng mã thu tiền), in the order of reading.</summary>
/// <param name="Unit">Name of the collector.</param>
/// <param name="Bank">Name of the bank; its number where the name is not known.</param>
/// <param name="Account">Number of the collecting account.</param>
/// <param name="Holder">Name of the account, as the bank shows it to who pays.</param>
/// <param name="Code">The VietQR code: account, no amount.</param>
/// <param name="Assumed">The account belongs to nobody.</param>
internal sealed record PosterText(string Unit, string Bank, string Account, string Holder, string Code, bool Assumed)
{
    public const string Title = "QUÉT MÃ ĐỂ NỘP PHÍ, LỆ PHÍ", TitleEn = "Scan to pay fees and charges";
    public const string Warning = "BẢN THỬ NGHIỆM: không chuyển tiền vào tài khoản này";
    public const string Example = "HL7K3M9XWQ2P";

    /// <summary>How to pay by this code: Vietnamese and English.</summary>
    public static readonly IReadOnlyList<(string Vi, string En)> Steps =
    [
        ("Quét mã bằng ứng dụng ngân hàng, kiểm tra tên tài khoản.", "Scan the code with your banking app and check the name of the account."),
        ("Nhập đúng số tiền ghi trên yêu cầu thanh toán của hồ sơ.", "Enter exactly the amount of your payment request."),
        ($"Nội dung chuyển khoản: chỉ ghi mã thanh toán 12 ký tự, bắt đầu bằng HL (ví dụ {Example}).",
            $"Remittance text: only the payment reference of 12 characters that begins with HL (for example {Example})."),
        ("Mỗi mã thanh toán chuyển một lần; không có mã thì hỏi cán bộ tại quầy.", "One transfer for each reference; without one, ask at the counter."),
    ];

    public IReadOnlyList<(string Label, string LabelEn, string Value)> Lines =>
    [
        ("Ngân hàng", "Bank", Bank), ("Số tài khoản", "Account number", Account), ("Tên tài khoản", "Account name", Holder),
    ];
}
