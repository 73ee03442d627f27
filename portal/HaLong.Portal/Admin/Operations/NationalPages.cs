using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Operations;

/// <summary>Our catalogue beside the national one.</summary>
public sealed record NationalCatalogue(DateTimeOffset? LastRead, NationalRun? Newest, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<NationalLine> Items,
    string? After);

/// <summary>A reading of the national catalogue.</summary>
public sealed record NationalRun(string State, DateTimeOffset RequestedAt, string? Error, int Seen, int Changed);

/// <summary>A procedure that differs.</summary>
public sealed record NationalLine(string Code, string Difference, string? Ours, string? Theirs);

/// <summary><c>/admin/operations/national</c>: what the national portal has differently, and having it read or compared anew; statistics made anew.</summary>
internal static class NationalPages
{
    private const string Here = OperationPages.Here + "/national";
    private static readonly string[] Differences = ["missing", "extra", "abolished", "name", "field"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/operations/national", (string? difference, string? after, OfficeDesk desk) => ShowAsync(difference, after, Typed.Nothing, desk));
        group.MapPost("/operations/national/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Steps, form, Here, t => ShowAsync(null, null, t, desk)));
    }

    private static Task<IResult> ShowAsync(string? difference, string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<NationalCatalogue>(Query.Of("admin/portal/catalogue?limit=50", ("difference", difference), ("after", after)), typed, answer =>
        {
            var c = answer.Value!;
            return AdminArea.Screen(Bilingual("Đối chiếu Cổng Dịch vụ công quốc gia", "Comparison with the national portal"), typed,
                c.Newest?.Error is { } error ? new Notice(Bilingual($"Lần đọc mới nhất không xong: {error}", $"The newest reading failed: {error}"), "danger")
                    : null,
                new Facts(
                    new(Bilingual("Đọc xong lần cuối", "Last read"), Lists.At(c.LastRead) ?? Bilingual("chưa lần nào", "never")),
                    new(Bilingual("Lần mới nhất", "The newest"), Labels.State(c.Newest?.State)),
                    new(Bilingual("Khác nhau", "Differences"), string.Join(", ", c.Counts.Select(x => $"{Labels.Name(x.Key)}: {x.Value}")))),
                new Filter(Here, new Ask("difference", Bilingual("Loại khác nhau", "Difference"), AskKind.Choice, difference)
                {
                    IsOptional = true,
                    Choices = Labels.Choices(Differences)
                }),
                new Table(Bilingual("Thủ tục khác nhau", "Procedures that differ"),
                    [Bilingual("Mã", "Code"), Bilingual("Khác nhau", "Difference"), Bilingual("Của ta", "Ours"), Bilingual("Quốc gia", "Theirs")],
                    [.. c.Items.Select(i => (IReadOnlyList<Cell>)[new Cell(i.Code, $"/admin/procedures/{i.Code}"), Labels.Name(i.Difference), i.Ours, i.Theirs])],
                    Bilingual("Không có gì khác.", "Nothing differs."),
                    c.After is null ? null : Query.Of(Here, ("difference", difference), ("after", c.After))),
                new Steps(Here, null, Steps)) with
            { Back = new(Bilingual("Vận hành", "Operations"), OperationPages.Here) };
        });

    private static IReadOnlyList<Step?> Steps =>
    [
        new("catalogue-sync", Bilingual("Đọc lại danh mục quốc gia", "Read the national catalogue anew"), HttpMethod.Post, "admin/portal/catalogue-sync"),
        new("compare", Bilingual("Đối chiếu lại trạng thái hồ sơ", "Compare the states of dossiers anew"), HttpMethod.Post, "admin/portal/compare"),
        new("statistics", Bilingual("Tính lại toàn bộ số liệu", "Make all statistics anew"), HttpMethod.Post, "admin/statistics/rebuild")
        { IsGrave = true, Hint = Bilingual("Số liệu cũ vẫn đọc được trong lúc tính lại.", "Figures stay readable meanwhile.") },
    ];
}
