using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Finds the payment requests of a dossier.</summary>
internal static class FindPayments
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/", HandleAsync)
        .WithName(nameof(FindPayments))
        .WithSummary("The payment requests of a dossier")
        .WithDescription("Owner or who may pay for the owner, or an official of the collecting unit. Appears moments after the dossier was filed; empty when nothing is due.")
        .Produces<Page<PaymentView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(Policies.Acting);

    private static async Task<IResult> HandleAsync(Guid? dossierId, PaymentAccess access, ReadRecord reads, CancellationToken ct)
    {
        if (dossierId is null)
            return PaymentErrors.DossierMissing.WithField("dossierId", "Bắt buộc.", "Required.").ToProblem();
        // A dossier has one request for each moment of charging, so one page always holds them all.
        var visible = await access.VisibleAsync(ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        var payments = await visible.Value.AsNoTracking().AsSplitQuery()
            .Where(p => p.DossierId == dossierId)
            .OrderBy(p => p.Id)
            .ToListAsync(ct);
        await reads.AddAsync(ReadRecord.Payment, dossierId.Value, payments, ct);
        return TypedResults.Ok(new Page<PaymentView>([.. payments.Select(PaymentView.Of)], null));
    }
}
