using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Work;

/// <summary><c>/work</c>: where officials work: queues, a dossier with its papers beside its form, signing, opinions, absences.</summary>
internal static class WorkPages
{
    public static void MapWork(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/work").RequireAuthorization(SessionSetup.SignedIn);
        QueuePages.Map(group);
        BatchPages.Map(group);
        CasePages.Map(group);
        CaseFiles.Map(group);
        MovePages.Map(group);
        OpinionPages.Map(group);
        SigningPages.Map(group);
        AbsencePages.Map(group);
    }

    /// <summary>The page instead, where an answer leaves none to show; null where there is one.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="backTo">After a form: the page that has it.</param>
    public static IResult? Otherwise(HttpStatusCode status, HttpContext context, string? backTo = null) => status switch
    {
        HttpStatusCode.Unauthorized => SignInNeeded.From(context, backTo),
        HttpStatusCode.Forbidden => Pages.Of<Denied>(StatusCodes.Status403Forbidden),
        HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        _ => null,
    };

    /// <summary>What the API says about its fields, led to the inputs of the page.</summary>
    public static Trouble? Led(Trouble? trouble, Func<string, string> to) => trouble is { Errors: { } errors }
        ? trouble with { Errors = errors.GroupBy(e => to(e.Key), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.SelectMany(e => e.Value).ToArray(), StringComparer.Ordinal) }
        : trouble;
}
