using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Payments;

/// <summary>What is to be paid.</summary>
/// <param name="Status">created, pending, processing, settled, expired …</param>
/// <param name="Remaining">Đồng still to pay.</param>
/// <param name="Message">What the payer has to know while a provider deals with it.</param>
public sealed record Payment(
    Guid Id, Guid DossierId, string DossierCode, string Status, string Reference, long Amount, long Remaining, string AmountInWords, IReadOnlyList<PaymentItem> Items,
    Beneficiary Beneficiary, DateTimeOffset ExpiresAt, string? Message, IReadOnlyList<PaymentAttempt> Attempts);

public sealed record PaymentItem(string Name, long Amount);

/// <summary>The account that collects.</summary>
public sealed record Beneficiary(string? Bank, string Account, string Name);

public sealed record PaymentAttempt(string Method, string State, string? RedirectUrl);

/// <summary>Where a payer goes on, outside of the portal.</summary>
public sealed record OnwardModel(Guid Id, Uri Url);

/// <summary>A payment with what could not be done with it.</summary>
public sealed record PaymentModel(Answer<Payment> Answer, Trouble? Trouble, string Once);

/// <summary><c>/payments/{id}</c>: the QR code large, what to write where a code cannot be read, and "paid" as soon as the bank has told; without scripts the page
/// looks again by itself.</summary>
internal static class PaymentPages
{
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/payments/{id:guid}").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, api, context, ct));
        group.MapPost("/attempts", StartAsync);
        // Where the form was sent after the session had ended, the sign-in leads back with a GET.
        group.MapGet("/attempts", (Guid id) => TypedResults.LocalRedirect($"/payments/{id}"));
        group.MapGet("/onward", OnwardAsync);
        group.MapGet("/events", PaymentEvents.GetAsync);
        group.MapGet("/qr.png", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"payments/{id}/qr.png", ct));
        group.MapGet("/qr.svg", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"payments/{id}/qr.svg", ct));
        group.MapGet("/receipt.pdf", ReceiptAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, Trouble? trouble, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var answer = await api.GetAsync<Payment>($"payments/{id}", ct);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => SignInNeeded.From(context),
            HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
            HttpStatusCode.Forbidden => Pages.Of<Denied>(StatusCodes.Status403Forbidden),
            _ => Pages.Of<Pay>(new PaymentModel(answer, trouble, FormKey.New()), (int)answer.Status),
        };
    }

    private static async Task<IResult> StartAsync(
        Guid id, [FromForm] string? method, [FromForm] string? once, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        // The version that was shown, not the present one: a form that is sent twice is the same request twice.
        var started = await api.PostAsync<PaymentAttempt>(
            $"payments/{id}/attempts", new { method = method == "portal" ? "portal" : "vietqr" }, FormKey.Of(once),
            version is { Length: > 0 } ? version : null, ct);
        return started switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"/payments/{id}"),
            // No form of ours may lead to another site, not even by a redirect: a page with a link does.
            { Value.RedirectUrl: { Length: > 0 } } => Pages.Go($"/payments/{id}/onward"),
            { IsSuccess: true } => Pages.Go($"/payments/{id}"),
            _ => await ShowAsync(id, started.Trouble, api, context, ct),
        };
    }

    private static async Task<IResult> OnwardAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var payment = await api.GetAsync<Payment>($"payments/{id}", ct);
        if (payment.Status == HttpStatusCode.Unauthorized)
            return SignInNeeded.From(context);
        return payment.Value?.Attempts.Select(a => Elsewhere(a.RedirectUrl)).LastOrDefault(u => u is not null) is { } url
            ? Pages.Of<Onward>(new OnwardModel(id, url)) : TypedResults.LocalRedirect($"/payments/{id}");
    }

    // It is sealed moments after the money has come: whoever comes earlier waits on a page that looks again.
    private static async Task<IResult> ReceiptAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var receipt = await api.FileAsync($"payments/{id}/receipt.pdf", ct);
        return receipt is not IStatusCodeHttpResult { StatusCode: { } status and >= 400 } ? receipt : status switch
        {
            StatusCodes.Status401Unauthorized => SignInNeeded.From(context),
            StatusCodes.Status403Forbidden => Pages.Of<Denied>(status),
            StatusCodes.Status404NotFound => Pages.Of<NotFound>(status),
            StatusCodes.Status409Conflict => Pages.Of<ReceiptWait>(new ReceiptWaitModel($"/payments/{id}", Text.Bilingual("Về khoản nộp", "To the payment")), status),
            _ => Pages.Of<NotNow>(Trouble.Unreachable, status),
        };
    }

    private static Uri? Elsewhere(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var to) && (to.Scheme == Uri.UriSchemeHttps || to.Scheme == Uri.UriSchemeHttp) ? to : null;
}
