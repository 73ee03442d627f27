using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Cash;

/// <summary>The desk of a cashier: the own shift, or opening one; dossiers that were looked for.</summary>
public sealed record CashModel(Answer<Listed<Shift>> Shifts, Shift? Mine, string Looked, IReadOnlyList<FoundDossier>? Found, Tried Tried);

/// <summary>A dossier of the unit.</summary>
public sealed record FoundDossier(Guid Id, string? Code, string StatusName, string ProcedureName, string Subject, string OwnerName);

/// <summary><c>/cash</c>: a shift at the till, taking cash for a dossier, counting, handing over.</summary>
internal static class CashPages
{
    public static void MapCash(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cash").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", (ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(Tried.Nothing, "", null, api, context, ct));
        group.MapPost("/find", FindAsync);
        group.MapPost("/shifts", OpenAsync);
        ShiftPages.Map(group);
        TakePages.Map(group);
    }

    private static async Task<IResult> ShowAsync(
        Tried tried, string looked, IReadOnlyList<FoundDossier>? found, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var shifts = await api.GetAsync<Listed<Shift>>("till-shifts?limit=10", ct);
        var mine = shifts.Value?.Items.FirstOrDefault(s => IsMine(s, context) && s.State != "closed") ?? await LostAsync(shifts, api, context, ct);
        return Otherwise.Of(shifts, context, "/cash")
            ?? Pages.Of<CashDesk>(new CashModel(shifts, mine, looked, found, tried), tried.Trouble is null ? (int)shifts.Status : tried.Status);
    }

    /// <summary>The own shift that others' newer ones have pushed off the first page.</summary>
    private static async Task<Shift?> LostAsync(Answer<Listed<Shift>> shifts, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (shifts.Value?.After is null)
            return null;
        var (open, counted) = (api.GetAsync<Listed<Shift>>("till-shifts?state=open&limit=100", ct), api.GetAsync<Listed<Shift>>("till-shifts?state=counted&limit=100", ct));
        return ((await open).Value?.Items ?? []).Concat((await counted).Value?.Items ?? []).FirstOrDefault(s => IsMine(s, context));
    }

    /// <summary>Decides what is offered; what is allowed the API decides.</summary>
    public static bool IsMine(Shift shift, HttpContext context) => shift.CashierId == context.User.FindFirst("sub")?.Value;

    private static async Task<IResult> OpenAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var opened = await api.PostAsync<Shift>(
            "till-shifts", new { till = form.Text("till"), denominations = Banknotes.Of(form) }, form.Once(), null, ct);
        if (opened.IsSuccess)
            return Pages.Go("/cash");
        return Otherwise.SignIn(opened, context, "/cash") ?? await ShowAsync(Tried.Of(opened, form), "", null, api, context, ct);
    }

    // In the body: names do not belong into addresses. One that is found is shown at once.
    private static async Task<IResult> FindAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var looked = form.Text("text") ?? "";
        if (looked.Length == 0)
            return await ShowAsync(Tried.Of(form, "text", Text.Bilingual("Hãy nhập mã hồ sơ hoặc tên.", "Enter a code or a name.")), "", null, api, context, ct);
        var found = await api.SendAsync<Listed<FoundDossier>>(HttpMethod.Post, "inbox/search", new { text = looked, limit = 20 }, null, null, ct);
        return found.Value switch
        {
            { Items: [var only] } => Pages.Go($"/cash/dossiers/{only.Id}"),
            { } several => await ShowAsync(Tried.Nothing, looked, several.Items, api, context, ct),
            null => Otherwise.SignIn(found, context, "/cash") ?? await ShowAsync(Tried.Of(found, form), looked, null, api, context, ct),
        };
    }
}
