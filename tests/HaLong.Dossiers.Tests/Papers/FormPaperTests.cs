using System.Text;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Papers;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Every form under both regimes, drawn and read back.</summary>
public sealed class FormPaperTests
{
    private const string Circular2018 = "Thông tư số 01/2018/TT-VPCP", Circular2025 = "Thông tư số 03/2025/TT-VPCP";

    /// <summary>What every form says.</summary>
    private static readonly string[] Common =
    [
        "PHƯỜNG HẠ LONG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Phường Hạ Long, ngày 23 tháng 11 năm 2026",
        "Mã hồ sơ: " + FormSamples.Code, "Chủ hồ sơ: Nguyễn Thị Ánh Nguyệt", "Địa chỉ: Tổ 5, khu 3, đường Lê Thánh Tông", "Số điện thoại: 0203 3825 000",
        "Thư điện tử: nguyet@example.test", "Hình thức nộp: qua bưu chính công ích", "Đăng ký đất đai, tài sản gắn liền với đất lần đầu (mã 1.013978)",
        "Cấp giấy chứng nhận lần đầu cho thửa đất số 12", FormSamples.Url, "ký số bằng con dấu của Phường Hạ Long",
    ];

    private static readonly string[] Dates =
    [
        "Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026", "17 ngày làm việc (giả định)",
        "Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 05 phút, ngày 13 tháng 12 năm 2026",
    ];

    private static readonly string[] Grounds = ["Thửa đất đang có tranh chấp quyền sử dụng", "Căn cứ pháp lý: Điều 19.8 Nghị định 61/2018/NĐ-CP"];

    public static TheoryData<string, string> All() => new(
        from kind in PaperForm.All where kind != PaperForm.Register from regime in new[] { Regime.Oss2018, Regime.Oss2025 } select (kind, regime));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_form_says_all_it_has_to_on_a5_tagged_with_its_fonts(string kind, string regime)
    {
        var pdf = FormSamples.Sheet(kind, regime).Render();
        await PdfTools.IsSoundAsync(pdf, "A5");
        var read = await PdfTools.ReadAloudAsync(pdf);
        foreach (var text in Common.Concat(Own(kind, regime)))
            Assert.Contains(text, read, StringComparison.Ordinal);
        Assert.Contains(regime == Regime.Oss2018 ? "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ" : "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", read, StringComparison.Ordinal);
        Assert.DoesNotContain(regime == Regime.Oss2018 ? Circular2025 : Circular2018, read, StringComparison.Ordinal);
        Assert.Contains("H1", read, StringComparison.Ordinal);
        Assert.Contains("Figure", read, StringComparison.Ordinal);
        var info = await PdfTools.RunAsync("pdfinfo", pdf);
        Assert.Contains($"Title:           {FormLook.Title(kind, regime)} {FormSamples.Code}", info, StringComparison.Ordinal);
        Assert.Contains("Author:          Phường Hạ Long", info, StringComparison.Ordinal);
    }

    private static string[] Own(string kind, string regime) => (kind, regime) switch
    {
        (PaperForm.Receipt, _) =>
        [
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mẫu số 01", "Đơn đăng ký biến động", "Giấy ủy quyền", "Số lượng hồ sơ: 01 (bộ)", "Trần Văn Tiếp", "NGƯỜI NỘP HỒ SƠ", .. Dates,
        ],
        (PaperForm.Supplement, _) =>
        [
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Mẫu số 02", "Bản vẽ mặt bằng", "Thiếu chữ ký của người vẽ", "Số thửa", "Không khớp bản đồ",
            "Đề nghị bổ sung trước: 09 giờ 05 phút, ngày 23 tháng 12 năm 2026", "Cán bộ liên hệ, hướng dẫn: Trần Văn Tiếp", Grounds[1],
        ],
        (PaperForm.Refusal, _) => ["PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Mẫu số 03", "Lý do từ chối: " + Grounds[0], .. Grounds, .. Dates],
        (PaperForm.Apology, Regime.Oss2018) => ["PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Mẫu số 04", "Kính gửi: Nguyễn Thị Ánh Nguyệt", "Hẹn lại thời gian trả kết quả: 09 giờ 05 phút, ngày 27 tháng 12 năm 2026", .. Grounds, .. Dates],
        (PaperForm.Apology, _) => ["PHIẾU XIN LỖI, ĐỀ NGHỊ GIA HẠN VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Mẫu số 04", "hẹn trả kết quả vào: 09 giờ 05 phút, ngày 27 tháng 12 năm 2026", "xin lỗi ông, bà, tổ chức", .. Grounds],
        (PaperForm.Stop, Regime.Oss2018) => ["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", .. Grounds],
        (PaperForm.Stop, _) => ["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Mẫu số 05 - " + Circular2025, "Dừng giải quyết từ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026", .. Grounds, .. Dates],
        _ =>
        [
            "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", regime == Regime.Oss2018 ? "Mẫu số 05 - " + Circular2018 : "Mẫu số 06 - " + Circular2025, "Bộ phận tiếp nhận",
            "Phường Bãi Cháy", "Hồ sơ giấy gửi sau", "Có tranh chấp không?", "Quá hạn", "09:05 23/11/2026", "12:05 23/11/2026", "09:05 25/11/2026", "Đơn đăng ký biến động", .. Dates,
        ],
    };

    [Fact]
    public async Task What_is_not_known_has_no_line()
    {
        var bare = FormSamples.Data with { Address = null, Phone = " ", Email = null, LegalBasis = null, DueAt = null, TimeLimit = null, Components = null };
        var read = await PdfTools.ReadAloudAsync(FormSamples.Sheet(PaperForm.Refusal, data: bare).Render());
        foreach (var label in new[] { "Địa chỉ", "Số điện thoại", "Thư điện tử", "Căn cứ pháp lý", "trả kết quả giải quyết hồ sơ:", "theo quy định" })
            Assert.DoesNotContain(label, read, StringComparison.Ordinal);
        Assert.DoesNotContain("giả định", await PdfTools.ReadAloudAsync(FormSamples.Sheet(PaperForm.Receipt, data: FormSamples.Data with { DueAssumed = false }).Render()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_draft_says_that_it_is_one()
    {
        var slip = FormSamples.Sheet(PaperForm.Control);
        Assert.DoesNotContain("BẢN NHÁP", await PdfTools.ReadAloudAsync(slip.Render()), StringComparison.Ordinal);
        var draft = await PdfTools.ReadAloudAsync((slip with { Draft = true }).Render());
        Assert.Contains("BẢN NHÁP - chưa ký số", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("ký số bằng con dấu", draft, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public async Task A_long_control_slip_goes_on_over_pages_with_its_head_and_their_numbers(int rows)
    {
        var many = Enumerable.Range(1, rows).Select(i => new HandOverRow($"Bên giao {i}.", $"Bên nhận {i}.", FormSamples.At.AddHours(i), "ON_TIME", null)).ToList();
        var pdf = FormSamples.Sheet(PaperForm.Control, rows: many).Render();
        await PdfTools.IsSoundAsync(pdf, "A5");
        var text = await PdfTools.TextOfAsync(pdf);
        var pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length > rows / 20, $"{pages.Length} pages");
        for (var i = 0; i < pages.Length; i++)
            Assert.Contains($"Trang {i + 1}/{pages.Length}", pages[i], StringComparison.Ordinal);
        Assert.True(pages.Count(p => p.Contains("Kết quả", StringComparison.Ordinal)) >= pages.Length - 1);
        var read = await PdfTools.ReadAloudAsync(pdf);
        for (var i = 1; i <= rows; i++)
            Assert.Contains($"\"Bên nhận {i}.\"", read, StringComparison.Ordinal);
        // Heads that come again and page numbers are not read out.
        Assert.Equal(2, read.Split("\"Bên giao\"").Length);
        Assert.DoesNotContain("Trang 2", read, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Hostile() => new()
    {
        { "right to left", "\u202Eabc\u202C \u05D0\u05D1 \u0627\u0644\u0633 tiếp" },
        { "emoji", "Nhà 🏠👨‍👩‍👧 đất" },
        { "control characters", "a\0b\u0007c\u001B[31md\u007F\u0085e\ttab" },
        { "halves of letters", "x\uD800y\uDC00z" },
        { "operators", ") Tj ET <</Type/Catalog>> endstream endobj %%EOF \\( \\" },
        { "markup", "<script>alert('&amp;')</script> ]]> --> <?xpacket end='w'?>" },
        { "10,000 letters without a space", new string('w', 10_000) },
        { "10,000 words", string.Join(' ', Enumerable.Repeat("nghiêng", 10_000)) },
        { "2,000 lines", string.Join("\r\n", Enumerable.Range(1, 2000)) },
        { "piled marks", "e" + string.Concat(Enumerable.Repeat("\u0301\u0309", 300)) },
        { "nothing", "   \n\t " },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Whatever_somebody_writes_every_form_is_drawn_and_stays_a_sound_file(string what, string text)
    {
        var data = FormSamples.Data with
        {
            Owner = text,
            Subject = text,
            Address = text,
            Reason = text,
            Agency = "Phường " + text[..Math.Min(text.Length, 40)],
            Items = [new FormItem(1, text, text), new FormItem(2, "Sau cùng", "Vẫn còn")],
            Components = [new FormComponent(1, text, 1, 1, 1), new FormComponent(2, "Sau cùng", 1, 1, 1)],
        };
        foreach (var kind in PaperForm.All.Where(k => k != PaperForm.Register))
        {
            var rows = new[] { new HandOverRow(text, text, FormSamples.At, "EARLY", text), new HandOverRow("Trước", "Sau cùng", FormSamples.At, null, null) };
            var pdf = FormSamples.Sheet(kind, data: data, rows: rows).Render();
            Assert.True(pdf.Length < 2_000_000, $"{what}: {pdf.Length} bytes");
            await PdfTools.IsSoundAsync(pdf, "A5");
            var read = await PdfTools.TextOfAsync(pdf);
            Assert.Contains(kind is PaperForm.Receipt or PaperForm.Supplement or PaperForm.Control ? "Sau cùng" : "Tra cứu tình trạng hồ sơ", read, StringComparison.Ordinal);
            Assert.DoesNotContain(read, c => (char.IsControl(c) && c is not '\n' and not '\f') || c is >= '\u202A' and <= '\u202E');
        }
    }

    [Fact]
    public void The_same_form_gives_the_same_bytes_also_at_once()
    {
        var first = FormSamples.Sheet(PaperForm.Receipt).Render();
        var made = new byte[50][];
        Parallel.For(0, made.Length, i => made[i] = FormSamples.Sheet(PaperForm.Receipt).Render());
        Assert.All(made, bytes => Assert.True(first.AsSpan().SequenceEqual(bytes)));
        Assert.False(first.AsSpan().SequenceEqual(FormSamples.Sheet(PaperForm.Receipt, data: FormSamples.Data with { Owner = "Người khác" }).Render()));
        Assert.True(first.Length < 120_000, $"{first.Length} bytes");
    }

    [Fact]
    public async Task Letters_typed_in_pieces_come_back_composed()
    {
        var read = await PdfTools.ReadAloudAsync(FormSamples.Sheet(PaperForm.Refusal, data: FormSamples.Data with { Owner = "Nguyễn Đức Thuỷ".Normalize(NormalizationForm.FormD) }).Render());
        Assert.Contains("Nguyễn Đức Thuỷ", read, StringComparison.Ordinal);
    }

    [Fact]
    public void The_register_is_no_form_of_a_dossier()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FormWriters.Of(PaperForm.Register));
        Assert.Throws<ArgumentOutOfRangeException>(() => FormLook.Title(PaperForm.Register, Regime.Oss2025));
        Assert.Null(FormLook.Source(null, Regime.Oss2018));
    }
}
