using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Helping;

/// <summary><c>/helping</c>: what a helper does today, whom next, and how much so far.</summary>
internal static class HelpingPages
{
    public static void MapHelping(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/helping").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", HomeAsync);
        group.MapGet("/over", () => Pages.Of<Over>());
        BeginPages.Map(group);
        ConsentPages.Map(group);
        ReceiptPages.Map(group);
    }

    /// <summary>The page that stands for an answer without a value: sign in, not yours, not there.</summary>
    /// <param name="back">The page to come back to after a sign-in; null for this one.</param>
    public static IResult Otherwise<T>(Answer<T> answer, HttpContext context, string? back = null) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => SignInNeeded.From(context, back),
        HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        HttpStatusCode.Forbidden => Pages.Of<NoHelper>(answer.Trouble, StatusCodes.Status403Forbidden),
        _ => Pages.Of<NotNow>(answer.Trouble, (int)answer.Status),
    };

    private static async Task<IResult> HomeAsync(string? after, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var sessions = await api.GetAsync<Listed<Assisted>>("assisted-sessions?limit=50" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);
        if (sessions.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return Otherwise(sessions, context);
        var today = LocalTime.Date(time.GetUtcNow());
        var period = $"from={new DateOnly(today.Year, today.Month, 1):yyyy-MM-dd}&to={today:yyyy-MM-dd}";
        var places = api.GetAsync<HelpFigures>($"assisted-sessions/statistics?{period}&groupBy=place", ct);
        var kinds = await api.GetAsync<HelpFigures>($"assisted-sessions/statistics?{period}&groupBy=kind", ct);
        return Pages.Of<HelpingHome>(new HelpingModel(sessions, await places, kinds, today, after is null), (int)sessions.Status);
    }
}
