using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Payments;
using HaLong.Portal.Work;

namespace HaLong.Portal.Counter;

/// <summary>What goes on paper for who stands at the counter.</summary>
/// <param name="Payment">What is still to be paid; null when nothing is.</param>
public sealed record PrintModel(Case Case, Payment? Payment, IReadOnlyList<IssuedForm> Forms);

/// <summary><c>/counter/filings/{id}/print</c>: a slip with the codes for tracking and for paying, and the sealed forms as they are issued.</summary>
internal static class PrintPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/filings/{id:guid}/print", ShowAsync);
        group.MapGet("/filings/{id:guid}/qr.png", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"dossiers/{id}/submission-receipt/qr.png", ct));
        group.MapGet("/filings/{id:guid}/receipt.pdf", async (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            InlineFile.Of(await api.FileAsync($"dossiers/{id}/receipt", ct), context));
        group.MapGet("/payments/{id:guid}/qr.svg", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"payments/{id}/qr.svg", ct));
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var dossier = await api.GetAsync<Case>($"dossiers/{id}", ct);
        if (WorkPages.Otherwise(dossier.Status, context) is { } otherwise)
            return otherwise;
        if (dossier.Value is not { } found)
            return Pages.Of<NotNow>(dossier.Trouble, (int)dossier.Status);
        if (found.Status == "DRAFT")
            return Pages.Go($"/counter/filings/{id}");
        var forms = api.GetAsync<IReadOnlyList<IssuedForm>>($"dossiers/{id}/forms", ct);
        var payment = found.Payment is { Id: { } request, Status: "requested" } ? (await api.GetAsync<Payment>($"payments/{request}", ct)).Value : null;
        return Pages.Of<PrintSlip>(new PrintModel(found, payment is { Status: "pending" } ? payment : null, (await forms).Value ?? []));
    }
}
