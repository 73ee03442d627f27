using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Cash;

/// <summary>What a dossier has to pay.</summary>
/// <param name="Status">pending can be paid in cash.</param>
/// <param name="Remaining">Đồng still to pay.</param>
public sealed record CashDue(
    Guid Id, Guid DossierId, string DossierCode, string Status, string Reference, long Amount, long Remaining, string AmountInWords, IReadOnlyList<Payments.PaymentItem> Items,
    DateTimeOffset ExpiresAt, DateTimeOffset? SettledAt, long Refunded, string? Message, uint Version);

/// <summary>All that a dossier has to pay, and has paid.</summary>
public sealed record DueModel(Guid Dossier, Answer<Listed<CashDue>> Dues, Tried Tried);

/// <summary>Cash that was taken, with the change to give back.</summary>
/// <param name="Line">Null where the till report does not have it.</param>
public sealed record TakenModel(CashDue Due, TillLine? Line, string? Till);

/// <summary>An entry of a till.</summary>
public sealed record CashEntry(Guid PaymentId, Guid ShiftId, long Amount, long Handed, long Change);

/// <summary><c>/cash/dossiers/{id}</c>: what is due is read out, taken exactly, and the change is said.</summary>
internal static class TakePages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/dossiers/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, Tried.Nothing, api, context, ct));
        group.MapPost("/dossiers/{id:guid}/payments/{payment:guid}", TakeAsync);
        group.MapGet("/taken/{payment:guid}", TakenAsync);
        group.MapGet("/payments/{payment:guid}/receipt.pdf", ReceiptAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var dues = await api.GetAsync<Listed<CashDue>>($"payments?dossierId={id}", ct);
        return Otherwise.Of(dues, context, $"/cash/dossiers/{id}")
            ?? Pages.Of<TakeCash>(new DueModel(id, dues, tried), tried.Trouble is null ? (int)dues.Status : tried.Status);
    }

    private static async Task<IResult> TakeAsync(Guid id, Guid payment, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var taken = await api.PostAsync<CashEntry>(
            $"payments/{payment}/cash", new { amount = form.Dong("amount"), handed = form.Dong("handed") }, form.Once(), form.Version(), ct);
        if (taken.Value is { } entry)
            return Pages.Go($"/cash/taken/{payment}?shift={entry.ShiftId}");
        return Otherwise.SignIn(taken, context, $"/cash/dossiers/{id}") ?? await ShowAsync(id, Tried.Of(taken, form), api, context, ct);
    }

    // It is sealed moments after the money was taken: whoever comes earlier waits on a page that looks again.
    private static async Task<IResult> ReceiptAsync(Guid payment, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var receipt = await api.FileAsync($"payments/{payment}/receipt.pdf", ct);
        return receipt is not IStatusCodeHttpResult { StatusCode: { } status and >= 400 } ? receipt : status switch
        {
            StatusCodes.Status401Unauthorized => Session.SignInNeeded.From(context),
            StatusCodes.Status409Conflict or StatusCodes.Status503ServiceUnavailable => Pages.Of<ReceiptWait>(new ReceiptWaitModel("/cash", Text.Bilingual("Về quầy thu", "To the cashier’s desk")), status),
            StatusCodes.Status403Forbidden => Pages.Of<NotYours>((object?)null, status),
            _ => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        };
    }

    // Read again, so that reloading says the same and does nothing.
    private static async Task<IResult> TakenAsync(Guid payment, Guid? shift, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var due = await api.GetAsync<CashDue>($"payments/{payment}", ct);
        if (Otherwise.Of(due, context) is { } otherwise)
            return otherwise;
        if (due.Value is not { } found)
            return Pages.Of<NotNow>(due.Trouble, (int)due.Status);
        var report = shift is { } till ? (await api.GetAsync<TillReport>($"till-shifts/{till}/report", ct)).Value : null;
        return Pages.Of<Taken>(new TakenModel(found, report?.Payments.FirstOrDefault(p => p.PaymentId == payment), report?.Shift.Till));
    }
}
