using HaLong.Portal.Api;
using HaLong.Portal.Cash;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>Cases by state and kind, the nearest deadline first.</summary>
public sealed record CasesModel(Answer<Listed<MoneyCase>> Cases, string State, string? Kind);

/// <summary>A case with the requests that it may be about.</summary>
/// <param name="Named">The request that it names; null when none, or when it could not be read.</param>
/// <param name="Candidates">Requests to assign it to: the guess, and those of the dossier that was looked for.</param>
/// <param name="Looked">What was looked for.</param>
/// <param name="MayDecide">Nobody else has taken it up.</param>
public sealed record CaseModel(MoneyCase Case, CashDue? Named, IReadOnlyList<CashDue> Candidates, string? Looked, bool MayDecide, Tried Tried);

/// <summary><c>/money/cases</c>: what is wrong with money that came, what is proposed, and a decision with a reason.</summary>
internal static class CasePages
{
    private const int MostDossiers = 5;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/cases", ListAsync);
        group.MapGet("/cases/{id:guid}", (Guid id, string? find, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(id, find, Tried.Nothing, api, context, ct));
        group.MapPost("/cases/{id:guid}/claim", ClaimAsync);
        group.MapPost("/cases/{id:guid}/decision", DecideAsync);
    }

    private static async Task<IResult> ListAsync(string? state, string? kind, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var wanted = state == "decided" ? state : "open";
        var cases = await api.GetAsync<Listed<MoneyCase>>(Query.Of("money-cases", ("state", wanted), ("kind", kind), ("after", after)), ct);
        return Otherwise.Of(cases, context) ?? Pages.Of<Cases>(new CasesModel(cases, wanted, kind), (int)cases.Status);
    }

    private static async Task<IResult> ShowAsync(Guid id, string? find, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var found = await InList.FindAsync<MoneyCase>(api, "money-cases?state=open", c => c.Id == id, ct);
        if (found.Status == System.Net.HttpStatusCode.NotFound)
            found = await InList.FindAsync<MoneyCase>(api, "money-cases?state=decided", c => c.Id == id, ct);
        if (Otherwise.Of(found, context, $"/money/cases/{id}") is { } otherwise)
            return otherwise;
        if (found.Value is not { } of)
            return Pages.Of<NotNow>(found.Trouble, (int)found.Status);
        var named = of.PaymentId is { } payment ? (await api.GetAsync<CashDue>($"payments/{payment}", ct)).Value : null;
        var candidates = of.Decision is null ? await CandidatesAsync(of, find, api, ct) : [];
        var mayDecide = of.Decision is null && (of.TakenBy is null || of.TakenBy == context.User.FindFirst("sub")?.Value);
        return Pages.Of<ShowCase>(new CaseModel(of, named, candidates, find, mayDecide, tried), tried.Status);
    }

    private static async Task<IReadOnlyList<CashDue>> CandidatesAsync(MoneyCase of, string? find, ApiClient api, CancellationToken ct)
    {
        var all = new List<CashDue>();
        if (of.GuessedPaymentId is { } guess && (await api.GetAsync<CashDue>($"payments/{guess}", ct)).Value is { } guessed)
            all.Add(guessed);
        if (find?.Trim() is not { Length: > 0 } code)
            return all;
        var dossiers = await api.SendAsync<Listed<FoundDossier>>(HttpMethod.Post, "inbox/search", new { text = code, limit = MostDossiers }, null, null, ct);
        foreach (var dossier in dossiers.Value?.Items ?? [])
            all.AddRange((await api.GetAsync<Listed<CashDue>>($"payments?dossierId={dossier.Id}", ct)).Value?.Items.Where(p => all.TrueForAll(a => a.Id != p.Id)) ?? []);
        return all;
    }

    private static async Task<IResult> ClaimAsync(Guid id, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var claimed = await api.PostAsync<MoneyCase>($"money-cases/{id}/claim", null, form.Once(), form.Version(), ct);
        if (claimed.IsSuccess)
            return Pages.Go($"/money/cases/{id}");
        return Otherwise.SignIn(claimed, context, $"/money/cases/{id}") ?? await ShowAsync(id, null, Tried.Of(claimed, form), api, context, ct);
    }

    private static async Task<IResult> DecideAsync(Guid id, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (decision, find) = (form.Text("decision"), form.Text("find"));
        if (decision is null)
        {
            var none = Text.Bilingual("Hãy chọn một cách giải quyết.", "Choose what becomes of it.");
            return await ShowAsync(id, find, Tried.Of(form, "decision", none), api, context, ct);
        }

        var decided = await api.PostAsync<MoneyCase>($"money-cases/{id}/decision", new
        {
            decision,
            reason = form.Text("reason"),
            evidence = form.Text("evidence"),
            paymentId = decision == "assign" && Guid.TryParse(form["paymentId"], out var payment) ? payment : (Guid?)null,
            payee = decision == "refund" ? Payee.Of(form) : null,
        }, form.Once(), form.Version(), ct);
        if (decided.IsSuccess)
            return Pages.Go($"/money/cases/{id}");
        return Otherwise.SignIn(decided, context, $"/money/cases/{id}") ?? await ShowAsync(id, find, Tried.Of(decided, form), api, context, ct);
    }
}
