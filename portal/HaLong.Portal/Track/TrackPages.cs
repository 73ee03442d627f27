using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Dossiers;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Track;

/// <summary>How far a dossier has come; more for who knows the last four digits of the owner's number.</summary>
public sealed record Tracked(string Code, string StatusName, int Step, int Steps, TrackedDetails? Details);

public sealed record TrackedDetails(
    string ProcedureName, string UnitName, DateTimeOffset? SubmittedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? DueAt, IReadOnlyList<TimelineStep> Timeline);

/// <summary>What was asked, with the answer; null before anything was asked.</summary>
public sealed record Tracking(string Code, Answer<Tracked>? Answer);

/// <summary><c>/tracking</c>: without signing in. The digits are sent in the body: addresses end up in logs and histories.</summary>
internal static class TrackPages
{
    public static void MapTracking(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tracking", (string? code) => Pages.Of<TrackPage>(new Tracking(code ?? "", null))).AllowAnonymous();
        app.MapPost("/tracking", TrackAsync).AllowAnonymous();
    }

    private static async Task<IResult> TrackAsync([FromForm] string? code, [FromForm] string? check, ApiClient api, CancellationToken ct)
    {
        var asked = code?.Trim() ?? "";
        if (asked.Length == 0)
            return Pages.Of<TrackPage>(new Tracking("", new Answer<Tracked>(HttpStatusCode.BadRequest, null, NoCode, null)), StatusCodes.Status400BadRequest);
        var path = "tracking/" + Uri.EscapeDataString(asked);
        var answer = await api.GetAsync<Tracked>(string.IsNullOrWhiteSpace(check) ? path : $"{path}?check={Uri.EscapeDataString(check.Trim())}", ct);
        return Pages.Of<TrackPage>(new Tracking(asked, answer), (int)answer.Status);
    }

    private static Trouble NoCode => new(null, null, null, new Dictionary<string, string[]>
    {
        ["code"] = [ServiceDefaults.Text.Bilingual("Hãy nhập mã hồ sơ.", "Enter the dossier code.")],
    });
}
