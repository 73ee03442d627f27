using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Register;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>The register on paper, and what its rows say.</summary>
public sealed class RegisterPaperTests
{
    private static readonly DateTimeOffset Accepted = LocalTime.Instant(new DateOnly(2026, 3, 1), new TimeOnly(23, 30));

    [Fact]
    public async Task A_long_book_has_heads_and_numbers_on_every_page_and_its_closing_on_the_last()
    {
        var book = Closed(new DateOnly(2027, 1, 2), 120);
        var pdf = RegisterPaper.Book(book, [.. Enumerable.Range(1, 120).Select(i => Row(i))], "https://halong.test/verify/0#" + new string('x', 700));
        var pages = (await TextAsync(pdf)).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length > 3, $"{pages.Length} pages");
        foreach (var (index, page) in pages.Index())
        {
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Trang {index + 1}/{pages.Length}"), page, StringComparison.Ordinal);
            Assert.Equal(index == pages.Length - 1, page.Contains("NGƯỜI KHÓA SỔ", StringComparison.Ordinal));
        }
        Assert.All(pages[..^1], page => Assert.Contains("Mã hồ sơ", page, StringComparison.Ordinal));
        var last = pages[^1].Replace("\n", " ", StringComparison.Ordinal);
        Assert.Contains("có 120 hồ sơ, từ số 01 đến số 120, không có số bỏ trống", last, StringComparison.Ordinal);
        Assert.Contains("Trần Thị Trưởng", last, StringComparison.Ordinal);
        Assert.Contains("https://halong.test/verify/0", last, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2025, 6, 30, "Mẫu số 06")]
    [InlineData(2025, 7, 1, "Mẫu số 07")]
    public async Task The_form_has_the_number_of_the_circular_in_force(int year, int month, int day, string form)
    {
        var book = Closed(new DateOnly(year, month, day), 1);
        Assert.Contains(form, await TextAsync(RegisterPaper.Book(book, [Row(1)], "https://halong.test/verify/0")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_column_says_what_its_head_promises_in_local_days()
    {
        var row = Row(7) with
        {
            Address = "Tổ 5, khu 2",
            Phone = "0912345678",
            DueAt = Accepted.AddDays(10),
            ResolvedAt = Accepted.AddDays(4),
            ReturnedAt = Accepted.AddDays(5),
            ReturnMethod = ReturnMethod.Post,
            ReturnedTo = "Lê Văn Nhận",
            Note = "Kết quả đã đính chính",
        };
        var query = new RegisterQuery("06688", 2026, Accepted, Accepted.AddDays(1));
        var text = (await TextAsync(RegisterPaper.Extract(query, [row], Accepted.AddDays(6)))).Replace("\n", " ", StringComparison.Ordinal);
        foreach (var word in new[] { "07", "Tổ 5, khu 2", "0912345678", "01/03/2026", "11/03/2026", "06/03/2026", "Bưu chính", "Lê Văn Nhận", "đính chính", "Bản trích" })
            Assert.Contains(word, text, StringComparison.Ordinal);
        // The day on which it was handed over counts, not the one on which it was signed.
        Assert.DoesNotContain("05/03/2026", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DossierStatus.Withdrawn, null, 0, "Người nộp rút hồ sơ")]
    [InlineData(DossierStatus.Stopped, null, 0, "Dừng giải quyết")]
    [InlineData(DossierStatus.Returned, Outcome.Refused, 0, "Từ chối giải quyết")]
    [InlineData(DossierStatus.Returned, Outcome.Approved, 1, "Kết quả đã đính chính")]
    [InlineData(DossierStatus.Returned, Outcome.Approved, 0, null)]
    [InlineData(DossierStatus.Processing, null, 0, null)]
    public void The_note_says_how_it_ended_when_not_by_an_approval(string status, string? outcome, int corrections, string? note)
    {
        var line = new RegisterLine(
            1, 1, Guid.Empty, Guid.Empty, "c", "p", "n", "o", null, null, "a", Accepted, null, null, null, null, null, status, outcome, corrections);
        Assert.Equal(note, RegisterRow.Of(line).Note);
    }

    [Theory]
    [InlineData(ReturnMethod.Counter, "Trực tiếp")]
    [InlineData(ReturnMethod.Post, "Bưu chính")]
    [InlineData(ReturnMethod.Online, "Trực tuyến")]
    [InlineData(null, "")]
    public void The_way_of_handing_over_has_its_word(string? method, string word) => Assert.Equal(word, (Row(1) with { ReturnMethod = method }).MethodName);

    private static RegisterRow Row(int number) => new(
        number, 1, Guid.CreateVersion7(), $"H49-{number:0000}", "1.013947", "Xác nhận tiếp tục sử dụng đất nông nghiệp", 1, "Nguyễn Thị Ánh Nguyệt", null, null, "Phường Hạ Long",
        Accepted, null, null, null, null, null, DossierStatus.Processing, null);

    private static RegisterBook Closed(DateOnly day, int entries)
    {
        var book = RegisterBook.Open(new DossierUnit("06688", "Phường Hạ Long", "Ha Long Ward"), day.Year, null, Accepted);
        for (var i = 0; i < entries; i++)
            book.Enter(new RegisterArrival { DossierId = Guid.CreateVersion7(), UnitCode = "06688", AcceptedAt = Accepted });
        Assert.True(book.Close(Guid.Empty, "Trần Thị Trưởng", LocalTime.Instant(day, new TimeOnly(9, 0))).IsSuccess);
        return book;
    }

    private static Task<string> TextAsync(byte[] pdf) => PdfTools.RunAsync("pdftotext", pdf, "-enc", "UTF-8");
}
