using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Queues;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// Reception says whose a filing is that waits for an account: of a person who opened one, or was verified at the counter. The personal number is
/// looked up with the official's own token, so the person can read who did; an account of somebody else is refused.
/// </summary>
internal sealed class BindOwner(
    DossierDbContext db, InboundDesk desk, InboundReader reader, NumberLookup numbers, IdentityDirectory directory, Caller caller, TimeProvider time)
{
    /// <param name="AccountId">The account; may be absent when exactly one has the filing's personal number.</param>
    internal sealed record Request(Guid? AccountId);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/inbound/{code}/owner",
            (string code, Request? request, BindOwner handler, CancellationToken ct) => handler.HandleAsync(code, request?.AccountId, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Say whose a filing of the national portal is that waits for an account (reception)")
        .WithDescription("It is filed in the next round. DOS-0877: it does not wait for an account. DOS-0878: nobody has the number. "
            + "DOS-0879: several accounts have it, or the filing has none. DOS-0880: the number is somebody else's.")
        .Answers<InboundView>(200, 400, 404, 409, 422, 429, 503);

    private async Task<IResult> HandleAsync(string code, Guid? account, CancellationToken ct)
    {
        var taken = await desk.TakeAsync(code, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var row = taken.Value;
        if (row.State != InboundState.WaitingForAccount)
            return InboundErrors.NotWaiting.ToProblem();
        FilingContent? content;
        try
        {
            content = (await reader.FetchAsync(row, ct))?.Content();
        }
        catch (PortalTrouble)
        {
            return PortalErrors.NotConnected.ToProblem();
        }

        // Changed on the portal meanwhile: it comes again by itself.
        if (content is null)
            return InboundErrors.NotWaiting.ToProblem();
        var owner = await OwnerAsync(content, account, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        var name = await directory.FindApplicantAsync(owner.Value, ct);
        if (!name.IsSuccess)
            return (name.Error.Kind == ErrorKind.Validation ? name.Error.WithField("accountId", name.Error.Vi, name.Error.En) : name.Error).ToProblem();
        row.Bind(owner.Value, caller.ActorId, time.Now());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(InboundView.Of(row));
    }

    private async Task<Result<Guid>> OwnerAsync(FilingContent content, Guid? account, CancellationToken ct)
    {
        if (content.PersonalNumber is not { } number)
            return account ?? (Result<Guid>)Field(InboundErrors.WhichAccount);
        var found = await numbers.FindAsync(number, ct);
        if (!found.IsSuccess)
            return found.Error;
        if (account is { } named)
            return found.Value.Count == 0 || found.Value.Contains(named) ? named : InboundErrors.OtherPerson;
        return found.Value switch
        {
            [] => Field(InboundErrors.NoAccount),
            [var only] => only,
            _ => Field(InboundErrors.WhichAccount),
        };
    }

    private static Error Field(Error error) => error.WithField("accountId", error.Vi, error.En);
}
