using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Helping;

/// <summary><c>/helping/receipt/{id}</c>: what was filed, with the code to track it, to be printed for the citizen. Read in the citizen's name.</summary>
internal static class ReceiptPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/receipt/{id:guid}", ShowAsync);
        group.MapGet("/receipt/{id:guid}/qr.png", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"dossiers/{id}/submission-receipt/qr.png", ct));
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, Visitor visitor, HttpContext context, CancellationToken ct)
    {
        var dossier = await api.GetAsync<HelpReceipt>($"dossiers/{id}", ct);
        return dossier.Value is { } found
            ? Pages.Of<Receipt>(new HelpReceiptModel(found, visitor.Name, visitor.Acting?.Name))
            : HelpingPages.Otherwise(dossier, context);
    }
}
