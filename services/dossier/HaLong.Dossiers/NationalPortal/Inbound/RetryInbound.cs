using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>Tries a filing again now: its cause was not the person's and is mended, such as a procedure that was missing in our catalogue.</summary>
internal sealed class RetryInbound(DossierDbContext db, InboundDesk desk, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/inbound/{code}/attempt", (string code, RetryInbound handler, CancellationToken ct) => handler.HandleAsync(code, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Try a filing of the national portal again (reception)")
        .WithDescription("Those that failed, wait for an account or for another attempt; done in the next round. DOS-0877: it is filed or refused.")
        .Answers<InboundView>(200, 404, 409, 422);

    private async Task<IResult> HandleAsync(string code, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(code, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        if (taken.Value.State is InboundState.Filed or InboundState.Refused)
            return InboundErrors.NotWaiting.ToProblem();
        taken.Value.Again(time.Now());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(InboundView.Of(taken.Value));
    }
}
