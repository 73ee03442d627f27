using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HaLong.Payments.NationalPortal;

/// <summary>Hands out the platform's receipt of a payment; fetched once, then kept.</summary>
internal static class GetProviderBill
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/{id:guid}/provider-bill.pdf", HandleAsync)
        .WithName(nameof(GetProviderBill))
        .WithSummary("The receipt of the national payment platform, as PDF")
        .WithDescription("Owner or who may pay for the owner, or an official of the collecting unit. Only of what was paid there.")
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.Acting);

    private static async Task<IResult> HandleAsync(
        Guid id, PaymentAccess access, ReadRecord reads, PaymentDbContext db, PortalClient client, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } payment)
            return PaymentErrors.NotFound.ToProblem();
        // The one that settled it comes first: of a second payment there is a receipt too.
        var attempt = payment.Attempts.Where(a => a is { OrderNumber: not null, State: AttemptState.Paid }).MinBy(a => a.EndedAt);
        if (attempt is null)
            return PortalErrors.NoBill.ToProblem();
        if (await StoredAsync(db, attempt.Id, ct) is not { } bill)
        {
            if (await client.BillAsync(attempt.OrderNumber!, attempt.CreatedAt, ct) is not { } content)
                return PortalErrors.BillUnavailable.ToProblem();
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO provider_bill (attempt_id, sha256, content, fetched_at) VALUES ({attempt.Id}, {BankNotice.HashOf(content)}, {content}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING", ct);
            bill = (await StoredAsync(db, attempt.Id, ct))!; // Ours, or that of who was quicker.
        }

        await reads.AddAsync(ReadRecord.ProviderBill, id, [payment], ct);
        response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(bill.Content, "application/pdf", $"bien-lai-{attempt.OrderNumber}.pdf", lastModified: bill.FetchedAt, entityTag: new EntityTagHeaderValue($"\"{bill.Sha256}\""));
    }

    private static Task<ProviderBill?> StoredAsync(PaymentDbContext db, Guid attemptId, CancellationToken ct) =>
        db.ProviderBills.AsNoTracking().SingleOrDefaultAsync(b => b.AttemptId == attemptId, ct);
}
