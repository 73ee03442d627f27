using System.Globalization;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Dossiers;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Rating;

/// <summary>What the visitor thought of a dossier; without stars while nothing was said.</summary>
public sealed record RatingNow(int? Stars, string? Comment, DateTimeOffset? RatedAt, DateTimeOffset? ChangeableUntil);

/// <summary>A rating that is being given.</summary>
/// <param name="Now">As it stands.</param>
/// <param name="Stars">Chosen.</param>
public sealed record RateModel(Dossier Dossier, RatingNow Now, int? Stars, string? Comment, string Once, Trouble? Trouble)
{
    public bool IsOpen => Dossier.CanBeRated && (Now.Stars is null || Now.ChangeableUntil is not null);
}

/// <summary><c>/dossiers/{id}/rating</c>: one to five stars and a word.</summary>
internal static class RatingPages
{
    public static void MapRating(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/dossiers/{id:guid}/rating").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("", SendAsync);
        FeedbackPages.Map(app);
    }

    private static async Task<IResult> ShowAsync(Guid id, (int? Stars, string? Comment, Trouble? Trouble)? typed, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var rating = api.GetAsync<RatingNow>($"dossiers/{id}/rating", ct);
        var dossier = await api.GetAsync<Dossier>($"dossiers/{id}", ct);
        if (Instead.Of(dossier, context, $"/dossiers/{id}/rating") is { } otherwise)
            return otherwise;
        var now = await rating;
        if (Instead.Of(now, context, $"/dossiers/{id}/rating") is { } refused)
            return refused;
        return Pages.Of<Rate>(new RateModel(
            dossier.Value!, now.Value!, typed is { } t ? t.Stars : now.Value!.Stars, typed is { } c ? c.Comment : now.Value!.Comment, FormKey.New(), typed?.Trouble), status);
    }

    private static async Task<IResult> SendAsync(
        Guid id, [FromForm] string? stars, [FromForm] string? comment, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        int? chosen = int.TryParse(stars, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var rated = await api.PostAsync<RatingNow>($"dossiers/{id}/rating", new { stars = chosen, comment }, FormKey.Of(once), null, ct);
        return Otherwise.SignIn(rated, context, $"/dossiers/{id}/rating")
            ?? (rated.IsSuccess ? Pages.Go($"/dossiers/{id}/rating") : await ShowAsync(id, (chosen, comment, rated.Trouble), (int)rated.Status, api, context, ct));
    }
}
