namespace HaLong.Portal.Tests.Browser;

/// <content>Dossiers and payments of a citizen.</content>
internal static partial class SampleCity
{
    // Looks like a code, so that pictures of pages do.
    private static readonly string Qr = $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 29 29'><rect width='29' height='29' fill='#fff'/><path d='{string.Concat(
        Enumerable.Range(0, 841).Where(n => (n * n + n / 29 * 7) % 5 < 2).Select(n => $"M{n % 29} {n / 29}h1v1h-1z"))}'/></svg>";

    public static object PaymentOf(string status, params object[] attempts) => new
    {
        id = Payment,
        dossierId = Filed,
        dossierCode = Code,
        status,
        reference = "HL26113000428",
        amount = 24000,
        remaining = 24000,
        amountInWords = "Hai mươi bốn nghìn đồng",
        items = new[] { new { name = "Phí cấp bản sao Giấy khai sinh (3 bản)", amount = 24000 } },
        beneficiary = new { bank = "Vietcombank, chi nhánh Quảng Ninh", account = "0441000888666", name = "BO PHAN MOT CUA PHUONG HA LONG" },
        expiresAt = "2026-12-02T10:00:00Z",
        message = status == "processing" ? "Ngân hàng đang xử lý giao dịch; thường mất không quá một phút." : null,
        attempts,
    };

    public static object OpenAttempt => new { method = "vietqr", state = "open" };

    public static object DossierOf(Guid id, string status, string statusName, object? payment, params object[] documents) => new
    {
        id,
        code = status == "DRAFT" ? null : Code,
        status,
        statusName,
        procedureCode = Birth,
        procedureName = "Đăng ký khai sinh",
        unitCode = "06688",
        unitName = "Phường Hạ Long",
        subject = "Khai sinh cho bé Nguyễn Ngọc Hà, sinh ngày 21/11/2026",
        createdAt = "2026-11-29T13:20:00Z",
        submittedAt = status == "DRAFT" ? null : "2026-11-30T01:12:00Z",
        dueAt = status == "DRAFT" ? null : "2026-12-02T10:00:00Z",
        documents,
        payment,
    };

    private static void Dossiers(City city)
    {
        var papers = new object[] { Document(1, "giay-chung-sinh.pdf", "component"), Document(2, "giay-dang-ky-ket-hon-cua-cha-me-ban-chup-ngay-21-11-2026.jpg", "component"), Document(3, "giay-tiep-nhan-mau-01.pdf", "receipt") };
        city.Says("dossiers", Listed(
            DossierOf(Filed, "PROCESSING", "Đang xử lý", null), DossierOf(Done, "RETURNED", "Đã trả kết quả", null), DossierOf(Draft, "DRAFT", "Bản nháp", null)));
        city.Says($"dossiers/{Filed}", DossierOf(Filed, "PROCESSING", "Đang xử lý", new { id = Payment, status = "requested", amount = 24000 }, papers));
        city.Says($"dossiers/{Done}", DossierOf(
            Done, "RETURNED", "Đã trả kết quả", new { id = Payment, status = "settled", amount = 24000 }, [.. papers, Document(4, "giay-khai-sinh.pdf", "result")]));
        foreach (var id in new[] { Filed, Done })
        {
            city.Says($"dossiers/{id}/timeline", Steps);
            city.Says($"dossiers/{id}/deadline", new
            {
                steps = new[]
                {
                    new { at = "2026-11-30T02:40:00Z", words = new { text = "Tiếp nhận lúc 09:40 thứ Hai 30/11/2026, trong giờ làm việc." } },
                    new { at = "2026-12-02T10:00:00Z", words = new { text = "Thời hạn 2 ngày làm việc kể từ ngày tiếp theo: hết giờ làm việc thứ Tư 02/12/2026." } },
                },
            });
        }
    }

    private static object Document(int number, string fileName, string kind) => new
    {
        id = Guid.Parse($"0198e000-0000-7000-8000-0000000001{number:D2}"),
        component = kind == "component" ? number : (int?)null,
        fileName,
        mediaType = "application/pdf",
        size = 240_000 * number,
        kind,
    };
}
