using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Domain;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Lists, their review and their minutes, without a database.</summary>
public sealed class DestructionListTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 5, 0, TimeSpan.Zero);
    private static readonly Guid Author = Guid.CreateVersion7();
    private static readonly Actor Second = new(Guid.CreateVersion7(), "administrator", "06688", "Trần Thị Duyệt");

    [Fact]
    public void Somebody_else_approves_once()
    {
        var list = List();
        Assert.Equal("DOS-0657", list.Approve(Second with { Id = Author }, At).Error.Code);
        Assert.Equal("proposed", list.State);
        Assert.True(list.Approve(Second, At).IsSuccess);
        Assert.Equal(("approved", Second.Id, "Trần Thị Duyệt", At), (list.State, list.ReviewedBy, list.ReviewedByName, list.ReviewedAt));
        Assert.Equal("DOS-0658", list.Approve(Second, At).Error.Code);
        Assert.Equal("DOS-0658", list.Reject(Second, "Muộn", At).Error.Code);
    }

    [Fact]
    public void The_author_may_think_better_of_it()
    {
        var list = List();
        Assert.True(list.Reject(Second with { Id = Author }, "Lập nhầm", At).IsSuccess);
        Assert.Equal(("rejected", "Lập nhầm"), (list.State, list.Reason));
        Assert.Equal("DOS-0658", list.Approve(Second, At).Error.Code);
    }

    [Fact]
    public void What_was_executed_keeps_its_minutes()
    {
        var list = List();
        list.Approve(Second, At);
        list.Execute([1, 2], "a.b.c", At.AddHours(1));
        Assert.Equal(("executed", 2, "a.b.c", At.AddHours(1)), (list.State, list.MinutesPdf!.Length, list.MinutesJws, list.ExecutedAt));
        Assert.Equal($"/api/v1/admin/destruction-lists/{list.Id}/minutes", DestructionView.Of(list).Minutes);
        Assert.Null(DestructionView.Of(List()).Minutes);
    }

    [Fact]
    public async Task The_minutes_say_who_when_by_what_and_what_became_of_each()
    {
        var list = List();
        list.Approve(Second, At);
        var items = Enumerable.Range(1, 60).Select(Item).ToList();
        items.Take(59).ToList().ForEach(i => i.Destroyed([new DestroyedFile("component", 10, new string('a', 64)), new DestroyedFile("result", 20, new string('b', 64))], At));
        items[59].Held(At);
        var text = await PdfTools.RunAsync("pdftotext", MinutesWriter.Render(list, items, At.AddDays(1)), "-enc", "UTF-8", "-layout");
        foreach (var word in new[] { "BIÊN BẢN TIÊU HỦY HỒ SƠ", "Nguyễn Văn Lập", "Trần Thị Duyệt", "Quyết định số 1", list.Id.ToString(), "H49-1", "H49-60", "31/12/2025", "Giữ lại", "đã tiêu hủy: 59; giữ lại: 1" })
            Assert.Contains(word, text, StringComparison.Ordinal);
        Assert.True(text.Split('\f').Length > 2);

        var stated = MinutesStatement.Of(list, items, "https://halong.test", At.AddDays(1));
        Assert.Equal((60, "held", 2), (stated.Dossiers.Count, stated.Dossiers[59].State, stated.Dossiers[0].Files.Count));
        Assert.Equal(At.AddDays(1).ToUnixTimeSeconds(), stated.Iat);
    }

    private static DestructionList List() => new()
    {
        Id = Guid.CreateVersion7(),
        UnitCode = "06688",
        LegalBasis = "Quyết định số 1",
        Count = 2,
        ProposedBy = Author,
        ProposedByName = "Nguyễn Văn Lập",
        ProposedAt = At.AddDays(-1),
    };

    private static DestructionItem Item(int number) => new()
    {
        Number = number,
        Code = $"H49-{number}",
        ProcedureCode = "1.010041",
        Status = DossierStatus.Withdrawn,
        ClosedAt = At.AddYears(-20),
        KeepUntil = new DateOnly(2025, 12, 31),
        Rule = "RESIDENCE: 20 năm",
    };
}
