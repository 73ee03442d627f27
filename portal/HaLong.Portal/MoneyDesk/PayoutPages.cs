using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.MoneyDesk;

/// <summary>A file of refunds for the bank.</summary>
public sealed record Payout(Guid Id, int Count, long Total);

/// <summary><c>/money/payouts</c>: agreed refunds of a collecting account as a file for the bank.</summary>
internal static class PayoutPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/payouts", MakeAsync);
        group.MapGet("/payouts/{id:guid}", (Guid id, int? count, long? total) => Pages.Of<ShowPayout>(new Payout(id, count ?? 0, total ?? 0)));
        group.MapGet("/payouts/{id:guid}.csv", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            Files.AttachedAsync($"payouts/{id}", $"chi-hoan-{id}.csv", api, context, ct));
    }

    private static async Task<IResult> MakeAsync(IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var made = await api.PostAsync<Payout>("payouts", new { bin = form.Text("bin"), account = form.Text("account") }, form.Once(), null, ct);
        if (made.Value is { } payout)
            return Pages.Go($"/money/payouts/{payout.Id}?count={payout.Count}&total={payout.Total}");
        return Otherwise.SignIn(made, context, "/money/refunds") ?? await RefundPages.ListAsync(null, null, Tried.Of(made, form), api, context, ct);
    }
}
