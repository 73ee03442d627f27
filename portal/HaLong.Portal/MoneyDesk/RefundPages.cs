using HaLong.Portal.Api;
using HaLong.Portal.Cash;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary>Refunds by state, newest first.</summary>
/// <param name="ToPay">Agreed refunds by collecting account: what a payout file would hold.</param>
public sealed record RefundsModel(Answer<Listed<MoneyRefund>> Refunds, string? State, IReadOnlyList<AccountToPay> ToPay, Tried Tried);

/// <summary>A collecting account with agreed refunds.</summary>
/// <param name="More">There are more than were counted.</param>
public sealed record AccountToPay(string Bin, string Account, int Count, long Total, bool More);

/// <summary>A refund, and what the visitor can do with it.</summary>
public sealed record RefundModel(MoneyRefund Refund, bool IsCashier, bool MayReview, Tried Tried);

/// <summary>A refund that is to be proposed.</summary>
/// <param name="Available">What can be given back as far as it is known; the API says so if it has changed.</param>
/// <param name="Changed">It has changed since it was shown.</param>
public sealed record ProposalModel(CashDue Due, long Available, bool Changed, Tried Tried);

/// <summary><c>/money/refunds</c>: one proposes, another agrees, the bank pays.</summary>
internal static class RefundPages
{
    private static readonly string[] Acts = ["approval", "rejection", "payment", "return", "payee"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/refunds", (string? state, string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
            ListAsync(state, after, Tried.Nothing, api, context, ct));
        group.MapGet("/refunds/new", (Guid payment, ApiClient api, HttpContext context, CancellationToken ct) => ProposeAsync(payment, Tried.Nothing, api, context, ct));
        group.MapPost("/refunds/new", ProposedAsync);
        group.MapGet("/refunds/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, Tried.Nothing, api, context, ct));
        group.MapPost("/refunds/{id:guid}/{act}", ActAsync);
    }

    public static async Task<IResult> ListAsync(string? state, string? after, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var refunds = await api.GetAsync<Listed<MoneyRefund>>(Query.Of("refunds", ("state", state), ("after", after)), ct);
        if (Otherwise.Of(refunds, context, "/money/refunds") is { } otherwise)
            return otherwise;
        var agreed = context.User.IsInRole(Roles.Cashier) ? (await api.GetAsync<Listed<MoneyRefund>>("refunds?state=approved&limit=100", ct)).Value : null;
        var toPay = agreed?.Items.GroupBy(r => (r.Bin, r.Account)).Select(g => new AccountToPay(g.Key.Bin, g.Key.Account, g.Count(), g.Sum(r => r.Amount), agreed.After is not null));
        return Pages.Of<Refunds>(new RefundsModel(refunds, state, [.. toPay ?? []], tried), tried.Trouble is null ? (int)refunds.Status : tried.Status);
    }

    private static async Task<IResult> ShowAsync(Guid id, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var found = await InList.FindAsync<MoneyRefund>(api, "refunds", r => r.Id == id, ct);
        if (Otherwise.Of(found, context, $"/money/refunds/{id}") is { } otherwise)
            return otherwise;
        if (found.Value is not { } refund)
            return Pages.Of<NotNow>(found.Trouble, (int)found.Status);
        var user = context.User;
        var mayReview = refund.ProposedBy != user.FindFirst("sub")?.Value && new[] { Roles.Leader, Roles.Chief, Roles.Approver }.Any(user.IsInRole);
        return Pages.Of<ShowRefund>(new RefundModel(refund, user.IsInRole(Roles.Cashier), mayReview, tried), tried.Status);
    }

    private static async Task<IResult> ActAsync(Guid id, string act, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        if (!Acts.Contains(act, StringComparer.Ordinal))
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        var (path, once, version) = ($"refunds/{id}/{act}", form.Once(), form.Version());
        var done = act switch
        {
            "payee" => await api.SendAsync<MoneyRefund>(HttpMethod.Put, path, Payee.Of(form), once, version, ct),
            "payment" => await api.PostAsync<MoneyRefund>(path, new { bankReference = form.Text("bankReference") }, once, version, ct),
            _ => await api.PostAsync<MoneyRefund>(path, new { note = form.Text("note") }, once, version, ct),
        };
        if (done.IsSuccess)
            return Pages.Go($"/money/refunds/{id}");
        return Otherwise.SignIn(done, context, $"/money/refunds/{id}") ?? await ShowAsync(id, Tried.Of(done, form), api, context, ct);
    }

    private static async Task<IResult> ProposeAsync(Guid payment, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (due, refunds) = (api.GetAsync<CashDue>($"payments/{payment}", ct), api.GetAsync<Listed<MoneyRefund>>("refunds?limit=100", ct));
        var answer = await due;
        if (Otherwise.Of(answer, context, $"/money/refunds/new?payment={payment}") is { } otherwise)
            return otherwise;
        if (answer.Value is not { } found)
            return Pages.Of<NotNow>(answer.Trouble, (int)answer.Status);
        // What the API says beats what is reckoned here: it alone knows all promises.
        var said = tried.Status == StatusCodes.Status412PreconditionFailed && long.TryParse(tried.Wrong("available"), out var now) ? now : (long?)null;
        var promised = ((await refunds).Value?.Items ?? [])
            .Where(r => r.PaymentId == payment && r.CaseId is null && r.State is ("proposed" or "approved" or "sent")).Sum(r => r.Amount);
        return Pages.Of<ProposeRefund>(
            new ProposalModel(found, said ?? Math.Max(0, found.Amount - found.Refunded - promised), said is not null, tried), tried.Status);
    }

    private static async Task<IResult> ProposedAsync(Guid payment, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var proposed = await api.PostAsync<MoneyRefund>("refunds", new
        {
            paymentId = payment,
            amount = form.Dong("amount"),
            available = form.Dong("available"),
            rule = form.Text("rule"),
            reason = form.Text("reason"),
            payee = Payee.Of(form),
        }, form.Once(), null, ct);
        if (proposed.Value is { } refund)
            return Pages.Go($"/money/refunds/{refund.Id}");
        return Otherwise.SignIn(proposed, context, $"/money/refunds/new?payment={payment}") ?? await ProposeAsync(payment, Tried.Of(proposed, form), api, context, ct);
    }
}
