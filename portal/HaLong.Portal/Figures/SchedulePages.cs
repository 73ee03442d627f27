using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>A report that is made regularly for the visitor.</summary>
/// <param name="PausedFor">owner, roleLost, unitLost or refused and a code; null while it goes on.</param>
public sealed record Schedule(
    Guid Id, string Report, string? Unit, string? By, string Rhythm, int? Weekday, int? Day, int Hour, IReadOnlyList<string> Formats, string Language, string? PausedFor,
    DateTimeOffset? NextAt, DateTimeOffset? LastAt, int FailedAttempts);

/// <summary>A file that was made.</summary>
public sealed record ReportFile(Guid Id, string Report, DateOnly From, DateOnly To, string Format, string Name, long Size, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <summary>What a schedule would give now.</summary>
public sealed record Preview(
    string Title, DateOnly From, DateOnly To, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows, int RowsInAll, IReadOnlyList<string>? Totals, IReadOnlyList<string> Notes);

/// <param name="Begun">What a report page leads here with.</param>
public sealed record SchedulesModel(
    Answer<IReadOnlyList<Schedule>> Schedules, IReadOnlyList<ReportKind> Kinds, Answer<Listed<ReportFile>> Files, (string? Report, string? Unit, string? By) Begun, Tried Tried);

public sealed record PreviewModel(Guid Id, Answer<Preview> Preview);

/// <summary><c>/figures/schedules</c>: reports that come by themselves, to the visitor alone.</summary>
internal static class SchedulePages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/schedules", (string? report, string? unit, string? by, string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync((report, unit, by), after, Tried.Nothing, api, context, ct));
        group.MapPost("/schedules", CreateAsync);
        group.MapPost("/schedules/{id:guid}/{act}", ActAsync);
        group.MapGet("/schedules/{id:guid}/preview", PreviewAsync);
        group.MapGet("/files/{id:guid}", (Guid id, string? name, ApiClient api, HttpContext context, CancellationToken ct) =>
            Design.Files.AttachedAsync($"statistics/report-files/{id}", name is { Length: > 0 and < 200 } ? name : $"{id}", api, context, ct));
    }

    private static async Task<IResult> ShowAsync(
        (string?, string?, string?) begun, string? after, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (schedules, kinds, files) = (api.GetAsync<IReadOnlyList<Schedule>>("statistics/schedules", ct), api.GetAsync<IReadOnlyList<ReportKind>>("statistics/reports", ct),
            api.GetAsync<Listed<ReportFile>>(Query.Of("statistics/report-files", ("after", after)), ct));
        var answer = await schedules;
        return Otherwise.Of(answer, context, "/figures/schedules") ?? Pages.Of<Schedules>(
            new SchedulesModel(answer, (await kinds).Value ?? [], await files, begun, tried), tried.Trouble is null ? (int)answer.Status : tried.Status);
    }

    private static async Task<IResult> CreateAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var made = await api.PostAsync<Schedule>("statistics/schedules", new
        {
            report = form.Text("report"),
            unit = form.Text("unit"),
            by = form.Text("by"),
            rhythm = form.Text("rhythm"),
            weekday = (int?)form.Dong("weekday"),
            day = (int?)form.Dong("day"),
            hour = (int?)form.Dong("hour"),
            formats = form["formats"].ToArray(),
            language = Text.Bilingual("vi", "en"),
        }, form.Once(), null, ct);
        if (made.IsSuccess)
            return Pages.Go("/figures/schedules");
        return Otherwise.SignIn(made, context, "/figures/schedules") ?? await ShowAsync(default, null, Tried.Of(made, form), api, context, ct);
    }

    private static async Task<IResult> ActAsync(Guid id, string act, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var path = $"statistics/schedules/{id}";
        if (act == "delivery")
            return await AfterAsync(await api.PostAsync<object>($"{path}/deliveries", null, form.Once(), null, ct), form, api, context, ct);
        if (act is not ("pause" or "resumption" or "removal"))
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        // Nothing of it is typed, and it is the visitor's own: what is there now is what is meant.
        var version = (await api.GetAsync<Schedule>(path, ct)).Version;
        var done = act == "removal"
            ? await api.SendAsync<object>(HttpMethod.Delete, path, (HttpContent?)null, null, version, ct)
            : await api.SendAsync<object>(HttpMethod.Patch, path, new { paused = act == "pause" }, form.Once(), version, ct);
        return await AfterAsync(done, form, api, context, ct);
    }

    private static async Task<IResult> AfterAsync(Answer<object> done, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        // Removed already, by a second click: that is what was wanted.
        if (done.IsSuccess || done.Status == HttpStatusCode.NotFound)
            return Pages.Go("/figures/schedules");
        return Otherwise.SignIn(done, context, "/figures/schedules") ?? await ShowAsync(default, null, Tried.Of(done, form), api, context, ct);
    }

    private static async Task<IResult> PreviewAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var preview = await api.GetAsync<Preview>($"statistics/schedules/{id}/preview", ct);
        return Otherwise.Of(preview, context) ?? Pages.Of<ShowPreview>(new PreviewModel(id, preview), (int)preview.Status);
    }
}

/// <summary>Rhythms and reasons in words.</summary>
internal static class ScheduleWords
{
    public const string Path = "/figures/schedules";

    /// <summary>Administrators see all figures and have none sent.</summary>
    public static bool IsFor(Visitor visitor) => visitor.IsAny(Roles.Leader, Roles.Chief, Roles.Approver, Roles.Auditor);

    public static string Rhythm(Schedule s) => s.Rhythm switch
    {
        "daily" => Text.Bilingual($"Hằng ngày, {s.Hour} giờ", $"Daily at {s.Hour}:00"),
        "weekly" => Text.Bilingual($"Hằng tuần, {Weekday(s.Weekday ?? 1).ToLowerInvariant()}, {s.Hour} giờ", $"Weekly on {Weekday(s.Weekday ?? 1)} at {s.Hour}:00"),
        "monthly" => Text.Bilingual($"Hằng tháng, ngày {s.Day}, {s.Hour} giờ", $"Monthly on day {s.Day} at {s.Hour}:00"),
        "quarterly" => Text.Bilingual($"Hằng quý, ngày {s.Day}, {s.Hour} giờ", $"Quarterly on day {s.Day} at {s.Hour}:00"),
        _ => s.Rhythm,
    };

    public static string Weekday(int day) => day switch
    {
        1 => Text.Bilingual("Thứ hai", "Monday"),
        2 => Text.Bilingual("Thứ ba", "Tuesday"),
        3 => Text.Bilingual("Thứ tư", "Wednesday"),
        4 => Text.Bilingual("Thứ năm", "Thursday"),
        5 => Text.Bilingual("Thứ sáu", "Friday"),
        6 => Text.Bilingual("Thứ bảy", "Saturday"),
        _ => Text.Bilingual("Chủ nhật", "Sunday"),
    };

    public static string Paused(string reason) => reason switch
    {
        "owner" => Text.Bilingual("Bạn đã tạm dừng", "You let it rest"),
        "roleLost" => Text.Bilingual("Tạm dừng: bạn không còn quyền xem số liệu", "Rests: you may not see figures any more"),
        "unitLost" => Text.Bilingual("Tạm dừng: đơn vị không còn thuộc quyền xem", "Rests: the unit is out of your sight"),
        _ => Text.Bilingual($"Tạm dừng: báo cáo bị từ chối ({reason})", $"Rests: the report is refused ({reason})"),
    };
}
