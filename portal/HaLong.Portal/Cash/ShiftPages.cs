using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Cash;

/// <summary>Shifts of the unit, newest first.</summary>
public sealed record ShiftsModel(Answer<Listed<Shift>> Shifts, string? State);

/// <summary>A shift with its report and what could not be done with it.</summary>
/// <param name="Mine">The visitor opened it.</param>
/// <param name="Counts">The visitor is a cashier: who is not, only agrees.</param>
/// <param name="Agrees">The visitor may agree to a count: neither who took the cash nor who counted it, and not who only audits.</param>
public sealed record ShiftModel(Answer<TillReport> Report, bool Mine, bool Counts, bool Agrees, Tried Tried);

/// <summary><c>/cash/shifts</c>: every shift, its report to print, counting, agreeing by a second person, the deposit.</summary>
internal static class ShiftPages
{
    private static readonly string[] Acts = ["count", "confirmation", "return", "deposit"];
    private static readonly string[] Reviewers = [ServiceDefaults.Roles.Cashier, ServiceDefaults.Roles.Leader, ServiceDefaults.Roles.Chief];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/shifts", ListAsync);
        group.MapGet("/shifts/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, Tried.Nothing, api, context, ct));
        group.MapGet("/shifts/{id:guid}/report.csv", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            Files.AttachedAsync($"till-shifts/{id}/report.csv", $"ca-thu-{id}.csv", api, context, ct));
        group.MapPost("/shifts/{id:guid}/{act}", ActAsync);
    }

    private static async Task<IResult> ListAsync(string? state, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var shifts = await api.GetAsync<Listed<Shift>>(Query.Of("till-shifts", ("state", state), ("after", after)), ct);
        return Otherwise.Of(shifts, context) ?? Pages.Of<Shifts>(new ShiftsModel(shifts, state), (int)shifts.Status);
    }

    private static async Task<IResult> ShowAsync(Guid id, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var report = await api.GetAsync<TillReport>($"till-shifts/{id}/report", ct);
        var mine = report.Value is { } found && CashPages.IsMine(found.Shift, context);
        var user = context.User;
        var agrees = !mine && Reviewers.Any(user.IsInRole) && report.Value?.Shift.CountedBy != user.FindFirst("sub")?.Value;
        return Otherwise.Of(report, context, $"/cash/shifts/{id}") ?? Pages.Of<ShowShift>(
            new ShiftModel(report, mine, user.IsInRole(ServiceDefaults.Roles.Cashier), agrees, tried), tried.Trouble is null ? (int)report.Status : tried.Status);
    }

    private static async Task<IResult> ActAsync(Guid id, string act, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (!Acts.Contains(act, StringComparer.Ordinal))
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        object body = act switch
        {
            "count" => new { denominations = Banknotes.Of(form), reason = form.Text("reason") },
            "deposit" => new { amount = form.Dong("amount"), slip = form.Text("slip"), depositedOn = form.Text("depositedOn") },
            _ => new { note = form.Text("note") },
        };
        var done = await api.PostAsync<Shift>($"till-shifts/{id}/{act}", body, form.Once(), form.Version(), ct);
        if (done.IsSuccess)
            return Pages.Go($"/cash/shifts/{id}");
        return Otherwise.SignIn(done, context, $"/cash/shifts/{id}") ?? await ShowAsync(id, Tried.Of(done, form), api, context, ct);
    }
}
