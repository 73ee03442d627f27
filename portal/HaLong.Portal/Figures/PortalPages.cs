using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>What differs between the national portal and us.</summary>
/// <param name="Circuit">closed, halfOpen or open.</param>
/// <param name="SentUnknown">Sent, and nobody knows yet whether it was taken.</param>
public sealed record PortalOverview(
    bool Connected, string Circuit, string? CircuitReason, long Pending, DateTimeOffset? OldestPending, long SentUnknown, long Acknowledged, long Rejected,
    IReadOnlyList<PortalRejection> RejectedByCode, IReadOnlyList<PortalDrift> Drift, long HealedToday, PortalCompare? LastCompare, IReadOnlyList<PortalUnitMonth> ThisMonth);

public sealed record PortalRejection(string Code, long Count);

public sealed record PortalDrift(string Kind, long Count, DateTimeOffset? Oldest, long OlderThanADay);

public sealed record PortalCompare(string State, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, string? Error, int Seen, int Missing, int Status, int Content, int Unknown);

/// <summary>A unit in a month: late because of us apart from late because of the line.</summary>
public sealed record PortalUnitMonth(string UnitCode, string Month, long Received, long Acknowledged, long Resolved, long LateByUs, long LateBySync);

public sealed record PortalStatistics(long Received, long Acknowledged, decimal? Synchronised, long Resolved, long LateByUs, long LateBySync, IReadOnlyList<PortalUnitMonth> Rows);

/// <summary>What the portal knows of a dossier.</summary>
public sealed record PortalRow(
    Guid? DossierId, string Code, string? UnitCode, string? OurStatusVi, string? State, string? Pending, DateTimeOffset? PendingSince, int Attempts, string? LastError,
    short? TheirStatus, string? Drift, DateTimeOffset? DriftSince);

public sealed record PortalModel(Asked Asked, Answer<PortalOverview> Overview, PortalStatistics? Statistics, bool MayAct, DateTimeOffset AsOf, Tried Tried);

public sealed record PortalLedgerModel(Asked Asked, string? State, string? Drift, Answer<Listed<PortalRow>> Rows, bool MayAct, Tried Tried);

/// <summary><c>/figures/portal</c>: synchronisation with the national portal, what drifts, and telling it again.</summary>
internal static class PortalPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/portal", (string? unit, string? period, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct) =>
            ShowAsync(unit, period, Tried.Nothing, api, time, context, ct));
        group.MapPost("/portal/compare", CompareAsync);
        group.MapGet("/portal/ledger", (string? unit, string? state, string? drift, string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            LedgerAsync(unit, state, drift, after, Tried.Nothing, api, context, ct));
        group.MapPost("/portal/ledger/{dossier:guid}/resend", ResendAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? unit, string? period, Tried tried, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var statistics = api.GetAsync<PortalStatistics>(Query.Of("statistics/portal", ("unit", unit), ("period", period)), ct);
        var overview = await api.GetAsync<PortalOverview>(Query.Of("admin/portal/overview", ("unit", unit)), ct);
        return Otherwise.Of(overview, context, "/figures/portal") ?? Pages.Of<ShowPortal>(
            new PortalModel(await asking, overview, (await statistics).Value, context.User.IsInRole(Roles.Administrator), time.GetUtcNow(), tried),
            tried.Trouble is null ? (int)overview.Status : tried.Status);
    }

    private static async Task<IResult> CompareAsync(IFormCollection form, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var begun = await api.PostAsync<PortalCompare>("admin/portal/compare", null, form.Once(), null, ct);
        if (begun.IsSuccess)
            return Pages.Go("/figures/portal");
        return Otherwise.SignIn(begun, context, "/figures/portal") ?? await ShowAsync(null, null, Tried.Of(begun, form), api, time, context, ct);
    }

    private static async Task<IResult> LedgerAsync(
        string? unit, string? state, string? drift, string? after, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, null, api, context, ct);
        var rows = await api.GetAsync<Listed<PortalRow>>(Query.Of("admin/portal/ledger", ("unit", unit), ("state", state), ("drift", drift), ("after", after)), ct);
        return Otherwise.Of(rows, context, "/figures/portal/ledger") ?? Pages.Of<PortalLedger>(
            new PortalLedgerModel(await asking, state, drift, rows, context.User.IsInRole(Roles.Administrator), tried), tried.Trouble is null ? (int)rows.Status : tried.Status);
    }

    private static async Task<IResult> ResendAsync(Guid dossier, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (state, drift) = (form.Text("state"), form.Text("drift"));
        var page = Query.Of("/figures/portal/ledger", ("state", state), ("drift", drift));
        var sent = await api.PostAsync<PortalRow>($"admin/portal/ledger/{dossier}/resend", null, form.Once(), null, ct);
        if (sent.IsSuccess)
            return Pages.Go(page);
        return Otherwise.SignIn(sent, context, page) ?? await LedgerAsync(null, state, drift, null, Tried.Of(sent, form), api, context, ct);
    }

    /// <summary>Who was late: the officers, or the line.</summary>
    public static Chart Lateness(Asked asked, PortalStatistics statistics)
    {
        var units = statistics.Rows.GroupBy(r => r.UnitCode).Select(g => (Unit: g.Key, Us: g.Sum(r => r.LateByUs), Sync: g.Sum(r => r.LateBySync)))
            .Where(u => u.Us + u.Sync > 0).OrderByDescending(u => u.Us + u.Sync).Take(15).ToList();
        return new Chart("lateness", Text.Bilingual("Quá hạn: do ta và do đồng bộ", "Late: because of us and because of the line"), Text.Bilingual("Đơn vị", "Unit"), [.. units.Select(u => asked.NameOf(u.Unit))],
            [new(Text.Bilingual("Do ta", "Because of us"), [.. units.Select(u => (decimal?)u.Us)]), new(Text.Bilingual("Do đồng bộ", "Because of the line"), [.. units.Select(u => (decimal?)u.Sync)])]);
    }

    public static string Drift(string kind) => kind switch
    {
        "missing" => Text.Bilingual("Cổng chưa có hồ sơ", "The portal does not know it"),
        "status" => Text.Bilingual("Lệch trạng thái", "Another state"),
        "content" => Text.Bilingual("Lệch nội dung", "Other content"),
        "unknown" => Text.Bilingual("Chỉ cổng có", "Only the portal knows it"),
        _ => kind,
    };

    public static string State(string? state) => state switch
    {
        "pending" => Text.Bilingual("Chờ gửi", "To be sent"),
        "sent" => Text.Bilingual("Đã gửi, chưa rõ", "Sent, not known"),
        "acknowledged" => Text.Bilingual("Đã xác nhận", "Acknowledged"),
        "rejected" => Text.Bilingual("Bị từ chối", "Rejected"),
        _ => "–",
    };
}
