using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Dossiers;

/// <summary>A dossier that is to be withdrawn.</summary>
/// <param name="Version">Of what is shown.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record WithdrawalModel(Dossier Dossier, string? Version, string Once, string? Reason, Trouble? Trouble);

/// <summary><c>/dossiers/{id}/withdrawal</c>: what it means, why, and a confirmation.</summary>
internal static class WithdrawalPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/withdrawal", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(id, FormKey.New(), null, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/{id:guid}/withdrawal", SendAsync);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string once, string? reason, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var answer = await api.GetAsync<Dossier>($"dossiers/{id}", ct);
        if (Instead.Of(answer, context, $"/dossiers/{id}/withdrawal") is { } otherwise)
            return otherwise;
        // Over, or withdrawn in another tab: there it is.
        return trouble is null && !answer.Value!.CanBeWithdrawn
            ? Pages.Go($"/dossiers/{id}")
            : Pages.Of<Withdraw>(new WithdrawalModel(answer.Value!, answer.Version, once, reason, trouble), status);
    }

    private static async Task<IResult> SendAsync(
        Guid id, [FromForm] string? reason, [FromForm] string? sure, [FromForm] string? version, [FromForm] string? once, ApiClient api, HttpContext context,
        CancellationToken ct)
    {
        if (sure != "true")
            return await ShowAsync(id, FormKey.Of(once), reason, NotSure, StatusCodes.Status400BadRequest, api, context, ct);
        var sent = await api.PostAsync<Dossier>($"dossiers/{id}/withdrawal", new { reason }, FormKey.Of(once), version, ct);
        if (Otherwise.SignIn(sent, context, $"/dossiers/{id}/withdrawal") is { } otherwise)
            return otherwise;
        // What was refused was not done: the next try is another one.
        return sent.IsSuccess
            ? Pages.Go($"/dossiers/{id}")
            : await ShowAsync(id, sent.Status == HttpStatusCode.ServiceUnavailable ? FormKey.Of(once) : FormKey.New(), reason, sent.Trouble, (int)sent.Status, api, context, ct);
    }

    private static Trouble NotSure => new(null, null, null, new Dictionary<string, string[]>
    {
        ["sure"] = [ServiceDefaults.Text.Bilingual("Hãy đánh dấu để xác nhận rút hồ sơ.", "Tick the box to confirm the withdrawal.")],
    });
}
