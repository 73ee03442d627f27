using System.Globalization;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.ServiceDefaults;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Calendars;

/// <summary>A year with the days that are not what their weekday says.</summary>
public sealed record WorkYear(int Year, string State, IReadOnlyList<SpecialDay> Days, DateTimeOffset? UpdatedAt);

/// <summary>A day.</summary>
public sealed record SpecialDay(DateOnly Date, string Kind, string NameVi, string NameEn, string Source, bool Confirmed);

/// <summary>Something that was changed.</summary>
public sealed record CalendarChange(int Year, string Action, Guid ActorId, DateTimeOffset At, string Reason);

/// <summary><c>/admin/calendar</c>: which days are worked. Dates of open dossiers follow.</summary>
internal static class CalendarPages
{
    private const string Here = "/admin/calendar";
    private static readonly string[] Kinds = ["HOLIDAY", "COMPENSATION", "SWAP_OFF", "SWAP_WORK"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/calendar", (int? year, string? after, OfficeDesk desk, TimeProvider time) =>
            ShowAsync(year ?? LocalTime.Date(time.GetUtcNow()).Year, after, Typed.Nothing, desk));
        group.MapPost("/calendar/{year:int}/{step}", (int year, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, Steps(year), form, $"{Here}?year={year}", t => ShowAsync(year, null, t, desk)));
    }

    private static Task<IResult> ShowAsync(int year, string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<WorkYear>($"calendar?year={year}", typed, async answer =>
    {
        var (y, log) = (answer.Value!, await desk.GetAsync<Listed<CalendarChange>>(Query.Of($"admin/calendar/changes?year={year}&limit=20", ("after", after))));
        var people = await People.OfAsync(desk, log.Value?.Items.Select(c => (Guid?)c.ActorId) ?? []);
        return AdminArea.Screen(Bilingual($"Lịch làm việc {year}", $"Calendar of {year}"), typed,
            new Links(new($"← {year - 1}", $"{Here}?year={year - 1}"), new($"{year + 1} →", $"{Here}?year={year + 1}")),
            y.State == "confirmed" ? null : new Notice(Bilingual("Năm này chưa được xác nhận: hạn trả tính qua năm này là tạm tính.",
                "This year is not confirmed: dates that are counted through it are assumed."), "warning"),
            new Facts(new FactLine(Bilingual("Trạng thái", "State"), Labels.State(y.State)), new FactLine(Bilingual("Sửa lúc", "Changed"), Lists.At(y.UpdatedAt))),
            new Table(Bilingual("Ngày nghỉ và ngày làm bù", "Days off and swapped days"),
                [Bilingual("Ngày", "Day"), Bilingual("Loại", "Kind"), Bilingual("Tên", "Name"), Bilingual("Căn cứ", "Source"), Bilingual("Xác nhận", "Confirmed")],
                [.. y.Days.Select(d => (IReadOnlyList<Cell>)[$"{Weekday(d.Date)} {LocalDay.Of(d.Date)}", Labels.Name(d.Kind), Bilingual(d.NameVi, d.NameEn),
                    d.Source, Labels.YesNo(d.Confirmed)])]),
            new Steps($"{Here}/{year}", answer.Version, y.State == "missing" ? [Draft(year)] : [Change(year), Remove(year, y.Days),
                y.State == "confirmed" && y.Days.All(d => d.Confirmed) ? null : Confirm(year)]),
            Lists.Of(log, Bilingual("Đã thay đổi", "Changes"), $"{Here}?year={year}",
                [Bilingual("Lúc", "When"), Bilingual("Ai", "Who"), Bilingual("Việc", "What"), Bilingual("Lý do", "Reason")],
                c => [Moment.Of(c.At), people.Of(c.ActorId), Action(c.Action), c.Reason]));
    });

    private static string Weekday(DateOnly day) => day.ToString("ddd", CultureInfo.GetCultureInfo(Bilingual("vi-VN", "en-GB")));

    private static string Action(string action) => action switch
    {
        "draft" => Bilingual("Lập dự thảo", "Drafted"),
        "change" => Bilingual("Sửa ngày", "Days changed"),
        "confirm" => Bilingual("Xác nhận", "Confirmed"),
        _ => action,
    };

    private static IReadOnlyList<Step?> Steps(int year) => [Draft(year), Change(year), Remove(year, []), Confirm(year)];

    private static Step Draft(int year) => new("draft", Bilingual($"Lập dự thảo năm {year}", $"Make the draft of {year}"), HttpMethod.Post, "admin/calendar/drafts",
        new Ask("tetDaysBefore", Bilingual("Số ngày nghỉ Tết trước mồng Một", "Days of Tết before its first day"), AskKind.Number, "2") { IsOptional = true },
        new Ask("nationalDayNeighbour", Bilingual("Ngày liền kề Quốc khánh", "Neighbour of National Day"), AskKind.Choice)
        {
            IsOptional = true,
            Choices = [new("before", Bilingual("1/9", "1 September")), new("after", Bilingual("3/9", "3 September"))],
            Hint = Bilingual("Để trống: ngày gần cuối tuần hơn.", "Left empty: the one nearer to a weekend."),
        },
        Why)
    {
        Known = new JsonObject { ["year"] = year },
        Hint = Bilingual("Tính theo luật và âm lịch; phải đối chiếu với thông báo chính thức rồi mới xác nhận.",
            "Computed from the law and the moon; compare it with the official notice before confirming."),
    };

    private static Step Change(int year) => new("change", Bilingual("Thêm hoặc sửa ngày", "Add or change days"), HttpMethod.Patch, $"admin/calendar/{year}",
        new Ask("set", Bilingual("Ngày", "Days"), AskKind.Rows)
        {
            Columns = [new("date", Bilingual("Ngày", "Day"), AskKind.Day),
                new("kind", Bilingual("Loại", "Kind"), AskKind.Choice) { Choices = Labels.Choices(Kinds) }, new("nameVi", Bilingual("Tên", "Vietnamese name")),
                new("nameEn", Bilingual("Tên tiếng Anh", "English name")), new("source", Bilingual("Số thông báo", "Notice"))],
        }, Why)
    {
        Hint = Bilingual("Hạn trả của hồ sơ đang giải quyết sẽ được tính lại và người dân được báo.",
        "Dates of open dossiers are counted again and their people are told.")
    };

    private static Step Remove(int year, IReadOnlyList<SpecialDay> days) =>
        new("remove", Bilingual("Bỏ ngày", "Remove days"), HttpMethod.Patch, $"admin/calendar/{year}",
        new Ask("remove", Bilingual("Trở lại theo ngày trong tuần", "Become what their weekday says"),
            AskKind.Choices)
        { Choices = [.. days.Select(d => new Choice(LocalDay.Field(d.Date)!, $"{LocalDay.Of(d.Date)} · {Bilingual(d.NameVi, d.NameEn)}"))] },
            Why)
        { IsGrave = true };

    private static Step Confirm(int year) => new("confirmation", Bilingual("Xác nhận cả năm", "Confirm the year"), HttpMethod.Post,
        $"admin/calendar/{year}/confirmation", Why);

    private static Ask Why => new("reason", Bilingual("Lý do, số thông báo", "Reason, number of the notice"), AskKind.Area) { Longest = 500 };
}
