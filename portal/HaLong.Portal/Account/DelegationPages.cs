using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>Somebody may act for somebody.</summary>
/// <param name="Side">given or received.</param>
/// <param name="State">offered, accepted, declined, revoked or expired.</param>
/// <param name="Active">In force today.</param>
public sealed record Delegation(
    Guid Id, string Side, DelegationParty Principal, DelegationParty Delegate, IReadOnlyList<string> Acts, IReadOnlyList<string>? Procedures, Guid? DossierId, DateOnly From, DateOnly To,
    string? Note, string State, bool Active, uint Version)
{
    public bool IsOpen => State is "offered" or "accepted";
}

public sealed record DelegationParty(string? Name);

public sealed record DelegationsModel(Listed<Delegation> Page, string Once, Trouble? Trouble);

/// <summary>An offer as it was typed. The personal number is not shown again: it is typed anew.</summary>
public sealed record OfferModel(string? Name, IReadOnlyList<string> Acts, string? Procedures, string? From, string? To, string? Note, string Once, Trouble? Trouble);

/// <summary><c>/me/delegations</c>: give one, answer one, end one at once.</summary>
internal static class DelegationPages
{
    private const string Path = "/me/delegations";
    private const int PageSize = 20;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/delegations", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ListAsync(after, null, StatusCodes.Status200OK, api, context, ct));
        group.MapGet("/delegations/new", () => Pages.Of<OfferDelegation>(new OfferModel(null, [], null, null, null, null, FormKey.New(), null)));
        group.MapPost("/delegations/new", OfferAsync);
        group.MapPost("/delegations/{id:guid}/{answer:regex(^(acceptance|refusal)$)}", (Guid id, string answer, [FromForm] string? version, [FromForm] string? once, ApiClient api, HttpContext context,
            CancellationToken ct) => AfterAsync(api.PostAsync<Delegation>($"me/delegations/{id}/{answer}", null, FormKey.Of(once, $"{id} {answer}"), version, ct), api, context, ct));
        group.MapPost("/delegations/{id:guid}/end", (Guid id, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct) =>
            AfterAsync(api.SendAsync<Delegation>(HttpMethod.Delete, $"me/delegations/{id}", (HttpContent?)null, null, version, ct), api, context, ct));
    }

    private static async Task<IResult> ListAsync(string? after, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<Delegation>>(Query.Of("me/delegations", ("limit", $"{PageSize}"), ("after", after)), ct);
        return Instead.Of(page, context, Path) ?? Pages.Of<Delegations>(new DelegationsModel(page.Value!, FormKey.New(), trouble), status);
    }

    private static async Task<IResult> AfterAsync(Task<Answer<Delegation>> done, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var answer = await done;
        return Otherwise.SignIn(answer, context, Path) ?? (answer.IsSuccess ? Pages.Go(Path) : await ListAsync(null, answer.Trouble, (int)answer.Status, api, context, ct));
    }

    private static async Task<IResult> OfferAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var typed = new OfferModel(sent["name"], [.. sent["acts"].OfType<string>()], sent["procedures"], sent["from"], sent["to"], sent["note"], FormKey.New(), null);
        var body = new
        {
            @delegate = new { personalNumber = sent["personalNumber"].ToString().Replace(" ", "", StringComparison.Ordinal), name = typed.Name },
            acts = typed.Acts,
            procedures = (typed.Procedures ?? "").Split([',', ' ', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
            from = Day(typed.From),
            to = Day(typed.To),
            note = string.IsNullOrWhiteSpace(typed.Note) ? null : typed.Note,
        };
        var offered = await api.PostAsync<Delegation>("me/delegations", body, FormKey.Of(sent["once"]), null, ct);
        if (Otherwise.SignIn(offered, context, Path + "/new") is { } otherwise)
            return otherwise;
        // Sent again after it could not be told whether it arrived, the same offer is one offer.
        var once = offered.Status == HttpStatusCode.ServiceUnavailable ? FormKey.Of(sent["once"]) : typed.Once;
        return offered.IsSuccess ? Pages.Go(Path) : Pages.Of<OfferDelegation>(typed with { Once = once, Trouble = offered.Trouble }, (int)offered.Status);
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var day) ? day : null;

    /// <summary>What the API compares a change with.</summary>
    internal static string TagOf(Delegation delegation) => Etag.Of(delegation.Version);
}
