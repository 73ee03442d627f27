using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>Somebody assisted the visitor.</summary>
/// <param name="State">awaitingConsent, awaitingWitness, active, ended, revoked or expired.</param>
/// <param name="Deeds">What was done, counted.</param>
public sealed record AssistedSession(
    Guid Id, string Reference, string State, string? HelperName, string Purpose, Guid? DossierId, IReadOnlyDictionary<string, int> Deeds, DateTimeOffset OpenedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, uint Version)
{
    public bool IsOpen => State is "awaitingConsent" or "awaitingWitness" or "active";

    /// <summary>What the API compares a change with.</summary>
    public string Tag => Etag.Of(Version);
}

public sealed record HelpModel(Listed<AssistedSession> Page, Trouble? Trouble);

/// <summary><c>/me/help</c>: who assisted the visitor and with what; an open session can be ended at once.</summary>
internal static class HelpPages
{
    private const string Path = "/me/help";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/help", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ListAsync(after, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/help/{id:guid}/end", EndAsync);
    }

    private static async Task<IResult> ListAsync(string? after, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<AssistedSession>>(Query.Of("me/assisted-sessions", ("limit", "20"), ("after", after)), ct);
        return Instead.Of(page, context, Path) ?? Pages.Of<Help>(new HelpModel(page.Value!, trouble), status);
    }

    private static async Task<IResult> EndAsync(Guid id, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var ended = await api.SendAsync<object>(HttpMethod.Delete, $"assisted-sessions/{id}", (HttpContent?)null, null, version, ct);
        return Otherwise.SignIn(ended, context, Path) ?? (ended.IsSuccess ? Pages.Go(Path) : await ListAsync(null, ended.Trouble, (int)ended.Status, api, context, ct));
    }
}
