using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Dossiers;
using HaLong.Portal.Find;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Track;

/// <summary>How far a dossier has come; more for who knows the last four digits of the owner's number.</summary>
public sealed record Tracked(string Code, string Status, string StatusName, int Step, int Steps, TrackedDetails? Details)
{
    /// <summary>Its owner may say what he thinks of it.</summary>
    public bool CanBeRated => Status is "RESOLVED" or "RETURNED" or "NOT_ACCEPTED" or "STOPPED";

    public bool IsOpen => Status is not ("RETURNED" or "NOT_ACCEPTED" or "STOPPED" or "WITHDRAWN" or "RESOLVED");
}

public sealed record TrackedDetails(
    string ProcedureCode, string ProcedureName, string UnitName, DateTimeOffset? SubmittedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? DueAt, IReadOnlyList<TimelineStep> Timeline);

/// <summary>What was asked, with the answer; null before anything was asked.</summary>
/// <param name="Wait">How long such dossiers take really; null where it is not known or does not matter any more.</param>
public sealed record Tracking(string Code, Answer<Tracked>? Answer, ExpectedWait? Wait = null);

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
        var wait = answer.Value is { IsOpen: true, Details: { ProcedureCode.Length: > 0 } details }
            ? (await api.GetAsync<ExpectedWait>($"procedures/{Uri.EscapeDataString(details.ProcedureCode)}/expected-wait", ct)).Value : null;
        return Pages.Of<TrackPage>(new Tracking(asked, answer, wait is { Basis: "none" or "unavailable" } ? null : wait), (int)answer.Status);
    }

    private static Trouble NoCode => new(null, null, null, new Dictionary<string, string[]>
    {
        ["code"] = [ServiceDefaults.Text.Bilingual("Hãy nhập mã hồ sơ.", "Enter the dossier code.")],
    });
}
