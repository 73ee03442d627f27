using System.Globalization;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>The numbers beside the names of the queues, as they are now; by their tag a screen that asks every few seconds is told that nothing changed.</summary>
internal sealed class CountQueues(DossierDbContext db, QueueDesk desk, Caller caller)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/counts", (CountQueues handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(http, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("How many dossiers stand in each queue of the caller now; ask again with If-None-Match")
        .Answers<QueueCounts>(200, 304);

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        var counts = desk.Unit is { } unit
            ? await QueueCounts.ReadAsync(db, unit, caller.AccountId, caller.IsInRole(Roles.Reception), desk.Moment, ct)
            : QueueCounts.None;
        var tag = TagOf(counts);
        (http.Response.Headers.ETag, http.Response.Headers.CacheControl) = (tag, "private, no-cache");
        return EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(t => t.Tag == tag || t.Tag == "*")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(counts);
    }

    /// <summary>The numbers themselves: equal tags are equal answers.</summary>
    internal static string TagOf(QueueCounts c)
    {
        int[] numbers =
            [c.Unit, c.Mine, c.Unassigned, c.Expiring, c.Overdue, c.Applicant, c.Reception, c.Officer, c.Agency, c.Payment, c.Signature, c.Handover, c.Receiving, c.Opinions];
        return $"\"{string.Join('-', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)))}\"";
    }
}
