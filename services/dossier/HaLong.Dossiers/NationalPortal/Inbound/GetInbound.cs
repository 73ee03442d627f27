using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>One filing with what reception needs to know whose it is; that is asked at the portal, for it is not kept here.</summary>
internal sealed class GetInbound(InboundDesk desk, InboundReader reader)
{
    /// <param name="Name">The owner's name as it was typed.</param>
    /// <param name="NumberEnd">Last four digits of the personal number; null when there is none.</param>
    /// <param name="Verified">Whoever filed signed in with VNeID.</param>
    internal sealed record Applicant(string? Name, string? NumberEnd, bool Verified, string? Subject);

    internal sealed record View(InboundView Filing, Applicant? Applicant);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/inbound/{code}", (string code, GetInbound handler, CancellationToken ct) => handler.HandleAsync(code, ct))
        .RequireAuthorization(Policies.Reception)
        .WithSummary("A filing of the national portal, and who filed it (reception)")
        .WithDescription("The applicant is told as long as the filing waits for an account or has defects. DOS-0860: the portal does not answer.")
        .Answers<View>(200, 404, 503);

    private async Task<IResult> HandleAsync(string code, CancellationToken ct)
    {
        var row = await desk.TakeAsync(code, ct);
        if (!row.IsSuccess)
            return row.Error.ToProblem();
        if (row.Value.State is not (InboundState.WaitingForAccount or InboundState.Failed))
            return TypedResults.Ok(new View(InboundView.Of(row.Value), null));
        try
        {
            var content = (await reader.FetchAsync(row.Value, ct))?.Content();
            return TypedResults.Ok(new View(
                InboundView.Of(row.Value),
                content is null ? null : new Applicant(content.OwnerName, content.PersonalNumber?[^4..], content.IsVerified, content.Subject)));
        }
        catch (PortalTrouble)
        {
            return PortalErrors.NotConnected.ToProblem();
        }
    }
}
