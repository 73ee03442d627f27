using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>Where the visitor stands with a purpose.</summary>
/// <param name="State">given, outdated, withdrawn, none; notNeeded where the law is the ground.</param>
public sealed record Consent(string Purpose, string Name, string State, int CurrentVersion, DateTimeOffset? At, bool Mandatory)
{
    public bool CanBeGiven => State is "none" or "withdrawn" or "outdated";

    public bool CanBeWithdrawn => !Mandatory && State is ("given" or "outdated");

    public bool HasProof => At is not null;
}

/// <summary>What a purpose means.</summary>
public sealed record PurposeText(string Purpose, int Version, string Text, string Source);

public sealed record ConsentsModel(IReadOnlyList<Consent> Consents, IReadOnlyDictionary<string, PurposeText> Texts, string Once, Trouble? Trouble);

/// <summary><c>/me/consents</c>: what the visitor agreed to, in the words of the text; withdrawn as easily as given.</summary>
internal static class ConsentPages
{
    private const string Path = "/me/consents";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/consents", (ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/consents/{purpose}", GiveAsync);
        group.MapPost("/consents/{purpose}/withdrawal", WithdrawAsync);
        group.MapGet("/consents/{purpose}/proof.pdf", (string purpose, ApiClient api, HttpContext context) =>
            Instead.FileAsync(api, $"me/consents/{Uri.EscapeDataString(purpose)}/proof.pdf", context, Path));
    }

    private static async Task<IResult> ShowAsync(Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var texts = api.GetAsync<Listed<PurposeText>>("consent-purposes", ct);
        var consents = await api.GetAsync<Listed<Consent>>("me/consents", ct);
        if (Instead.Of(consents, context, Path) is { } otherwise)
            return otherwise;
        var byPurpose = ((await texts).Value?.Items ?? []).GroupBy(t => t.Purpose, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Version)!, StringComparer.Ordinal);
        return Pages.Of<Consents>(new ConsentsModel(consents.Value!.Items, byPurpose, FormKey.New(), trouble), status);
    }

    private static async Task<IResult> GiveAsync(string purpose, [FromForm] int textVersion, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var given = await api.PostAsync<Consent>("me/consents", new { purpose, textVersion, granted = true }, FormKey.Of(once, purpose), null, ct);
        return Otherwise.SignIn(given, context, Path) ?? (given.IsSuccess ? Pages.Go(Path) : await ShowAsync(given.Trouble, (int)given.Status, api, context, ct));
    }

    private static async Task<IResult> WithdrawAsync(string purpose, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var withdrawn = await api.SendAsync<object>(HttpMethod.Delete, $"me/consents/{Uri.EscapeDataString(purpose)}", (HttpContent?)null, null, null, ct);
        return Otherwise.SignIn(withdrawn, context, Path) ?? (withdrawn.IsSuccess ? Pages.Go(Path) : await ShowAsync(withdrawn.Trouble, (int)withdrawn.Status, api, context, ct));
    }
}
