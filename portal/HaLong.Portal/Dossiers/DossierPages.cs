using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Dossiers;

/// <summary>A dossier in the applicant's list.</summary>
public sealed record DossierLine(Guid Id, string? Code, string StatusName, string ProcedureName, string Subject, DateTimeOffset? DueAt, DateTimeOffset CreatedAt);

/// <summary>What the applicant sees of a dossier.</summary>
public sealed record Dossier(
    Guid Id, string? Code, string StatusName, string ProcedureName, string UnitName, string Subject, DateTimeOffset? DueAt, DateTimeOffset? SubmittedAt,
    string Status, IReadOnlyList<Paper> Documents, Due? Payment)
{
    public bool IsDraft => Status == "DRAFT";
}

/// <summary>A file of the dossier.</summary>
/// <param name="Kind">component, result or another paper that the platform made.</param>
public sealed record Paper(Guid Id, string FileName, string Kind);

/// <summary>What is to be paid, or was.</summary>
public sealed record Due(Guid? Id, string Status, long Amount);

public sealed record TimelineStep(int Step, DateTimeOffset At, string Note);

public sealed record Deadline(IReadOnlyList<DeadlineStep> Steps);

public sealed record DeadlineStep(DateTimeOffset At, Find.Words Words);

/// <summary>A dossier with its steps and why it is due when it is due; what could not be read is left out.</summary>
public sealed record DossierModel(Answer<Dossier> Dossier, IReadOnlyList<TimelineStep> Timeline, IReadOnlyList<DeadlineStep> Why);

/// <summary><c>/dossiers</c>: the applicant's own.</summary>
internal static class DossierPages
{
    private const int PageSize = 20;

    public static void MapDossiers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/dossiers").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", ListAsync);
        group.MapGet("/{id:guid}", ShowAsync);
        group.MapGet("/{id:guid}/documents/{document:guid}", (Guid id, Guid document, ApiClient api, CancellationToken ct) =>
            api.FileAsync($"dossiers/{id}/documents/{document}", ct));
        group.MapGet("/{id:guid}/receipt.pdf", (Guid id, ApiClient api, CancellationToken ct) => api.FileAsync($"dossiers/{id}/receipt", ct));
    }

    private static async Task<IResult> ListAsync(string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var path = $"dossiers?limit={PageSize}";
        var answer = await api.GetAsync<Listed<DossierLine>>(after is null ? path : QueryHelpers.AddQueryString(path, "after", after), ct);
        return answer.Status == HttpStatusCode.Unauthorized ? SignInNeeded.From(context) : Pages.Of<MyDossiers>(answer, (int)answer.Status);
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (dossier, timeline, deadline) = (
            api.GetAsync<Dossier>($"dossiers/{id}", ct), api.GetAsync<IReadOnlyList<TimelineStep>>($"dossiers/{id}/timeline", ct),
            api.GetAsync<Deadline>($"dossiers/{id}/deadline", ct));
        var answer = await dossier;
        var model = new DossierModel(answer, (await timeline).Value ?? [], (await deadline).Value?.Steps ?? []);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => SignInNeeded.From(context),
            HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
            _ => Pages.Of<ShowDossier>(model, (int)answer.Status),
        };
    }
}
